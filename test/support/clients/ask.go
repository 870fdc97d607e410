// Prints what each address answers, asked as net/http does by itself.
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
)

func main() {
	for _, address := range os.Args[1:] {
		reply, err := http.Get(address)
		if err != nil {
			fmt.Println(err)
			continue
		}
		body, _ := io.ReadAll(reply.Body)
		fmt.Println(string(body))
	}
}
