import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Prints what each address answers, by the older client of the JDK and by the newer one. */
class Ask {
  public static void main(String[] addresses) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    for (String address : addresses) {
      HttpURLConnection call = (HttpURLConnection) URI.create(address).toURL().openConnection();
      try (InputStream body = call.getResponseCode() < 400 ? call.getInputStream() : call.getErrorStream()) {
        System.out.println("HttpURLConnection: " + new String(body.readAllBytes()));
      }
      HttpRequest asked = HttpRequest.newBuilder(URI.create(address)).build();
      System.out.println("HttpClient: " + client.send(asked, BodyHandlers.ofString()).body());
    }
  }
}
