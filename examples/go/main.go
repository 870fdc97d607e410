// Id2MetaVerify with Go's standard library: the RPC signature 1.0, HMAC-SHA1.
//
//	go run main.go 张三 990000199003070013
package main

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// encode is RFC 3986: a blank is %20, and ~ stays.
func encode(text string) string {
	return strings.ReplaceAll(url.QueryEscape(text), "+", "%20")
}

func call(action string, params url.Values) (int, map[string]any, error) {
	nonce := make([]byte, 16)
	if _, err := rand.Read(nonce); err != nil {
		return 0, nil, err
	}
	for name, value := range map[string]string{
		"Action":           action,
		"Version":          "2019-03-07",
		"Format":           "JSON",
		"AccessKeyId":      os.Getenv("ALIBABA_CLOUD_ACCESS_KEY_ID"),
		"SignatureMethod":  "HMAC-SHA1",
		"SignatureVersion": "1.0",
		"SignatureNonce":   hex.EncodeToString(nonce),
		"Timestamp":        time.Now().UTC().Format("2006-01-02T15:04:05Z"),
	} {
		params.Set(name, value)
	}
	// Encode sorts by name
	query := strings.ReplaceAll(params.Encode(), "+", "%20")
	mac := hmac.New(sha1.New, []byte(os.Getenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET")+"&"))
	mac.Write([]byte("POST&%2F&" + encode(query)))
	params.Set("Signature", base64.StdEncoding.EncodeToString(mac.Sum(nil)))

	endpoint := os.Getenv("CLOUDAUTH_ENDPOINT")
	if endpoint == "" {
		endpoint = "https://cloudauth.aliyuncs.com"
	}
	reply, err := http.PostForm(endpoint+"/", params)
	if err != nil {
		return 0, nil, err
	}
	defer reply.Body.Close()
	var answer map[string]any
	err = json.NewDecoder(reply.Body).Decode(&answer)
	return reply.StatusCode, answer, err
}

func main() {
	params := url.Values{"ParamType": {"normal"}, "UserName": {os.Args[1]}, "IdentifyNum": {os.Args[2]}}
	status, answer, err := call("Id2MetaVerify", params)
	if err != nil {
		log.Fatal(err)
	}
	told := []any{status, answer["Code"], answer["Message"]}
	if result, ok := answer["ResultObject"].(map[string]any); ok {
		told = append(told, result["BizCode"])
	}
	fmt.Println(told...)
}
