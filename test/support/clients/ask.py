"""Prints what each address answers, asked as urllib does by itself."""
import sys
import urllib.error
import urllib.request

for address in sys.argv[1:]:
    try:
        print(urllib.request.urlopen(address).read().decode())
    except urllib.error.HTTPError as error:
        print(error.read().decode())
