import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Handshake NAME:PORT…: speaks TLS to each port of this machine as if NAME led to it, and prints "NAME trusted" or why not. */
class Handshake {
  public static void main(String[] all) throws Exception {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    for (String at : all) {
      String name = at.split(":")[0];
      int port = Integer.parseInt(at.split(":")[1]);
      Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
      try (SSLSocket socket = (SSLSocket) factory.createSocket(plain, name, port, true)) {
        SSLParameters checked = socket.getSSLParameters();
        checked.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(checked);
        socket.startHandshake();
        System.out.println(name + " trusted");
      } catch (Exception error) {
        System.out.println(name + " " + error.getMessage());
      }
    }
  }
}
