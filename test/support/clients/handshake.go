// handshake CA NAME:PORT…: speaks TLS to each port of this machine as if NAME led to it, and prints "NAME trusted" or why not.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
	"strings"
)

func main() {
	ca, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(ca)
	for _, at := range os.Args[2:] {
		name, port, _ := strings.Cut(at, ":")
		socket, err := tls.Dial("tcp", "127.0.0.1:"+port, &tls.Config{RootCAs: roots, ServerName: name})
		if err != nil {
			fmt.Println(name, err)
			continue
		}
		socket.Close()
		fmt.Println(name, "trusted")
	}
}
