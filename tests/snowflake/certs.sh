#!/bin/sh
# Makes what the tests of Snowflake trust and what they must not: sh certs.sh DIR
#   ca.crt; good wrong expired self untrusted .crt and .key; user keys in every form (key_*.pem, user.pub)
# All of it is a month old, so that a client with a clock that is late meets tokens, not certificates.
set -eu
mkdir -p "$1"
cd "$1"
umask 077
old() { faketime -f -30d "$@"; }

authority() { # NAME
	openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"
	old openssl req -x509 -new -key "$1.key" -days 400 -subj "/CN=pitwall test $1" -out "$1.crt"
}
leaf() { # NAME AUTHORITY DAYS SAN
	openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"
	openssl req -new -key "$1.key" -subj "/CN=$1" -out "$1.csr"
	printf 'subjectAltName=%s\nbasicConstraints=CA:FALSE\n' "$4" >"$1.ext"
	old openssl x509 -req -in "$1.csr" -CA "$2.crt" -CAkey "$2.key" -CAcreateserial -days "$3" -extfile "$1.ext" -out "$1.crt" 2>/dev/null
}
domain=snowflakecomputing.com
names="DNS:*.$domain,DNS:*.eu-west-1.$domain,DNS:*.us-east-1.aws.$domain,DNS:*.privatelink.$domain,DNS:*.us-west-2.privatelink.$domain,DNS:*.snowflakecomputing.cn,DNS:*.cn-north-1.snowflakecomputing.cn"
names="$names,DNS:stage.s3.amazonaws.com,DNS:localhost,IP:127.0.0.1"
authority ca
authority other
leaf good ca 365 "$names"
leaf wrong ca 365 DNS:www.example.com
leaf expired ca 10 "$names"
leaf untrusted other 365 "$names"
openssl ecparam -name prime256v1 -genkey -noout -out self.key
old openssl req -x509 -new -key self.key -days 365 -subj /CN=self -addext "subjectAltName=$names" -out self.crt

# The user's key, as people have it.
openssl genrsa -out key_pkcs8.pem 2048 2>/dev/null
openssl pkey -in key_pkcs8.pem -pubout -out user.pub
openssl rsa -in key_pkcs8.pem -traditional -out key_pkcs1.pem 2>/dev/null
openssl rsa -in key_pkcs8.pem -traditional -aes128 -passout pass:word-of-the-key -out key_traditional.pem 2>/dev/null
openssl pkcs8 -topk8 -v2 aes256 -in key_pkcs8.pem -passout pass:word-of-the-key -out key_aes.pem
openssl pkcs8 -topk8 -v2 des3 -in key_pkcs8.pem -passout pass:word-of-the-key -out key_des3.pem
openssl pkcs8 -topk8 -v1 PBE-SHA1-RC4-128 -provider legacy -provider default -in key_pkcs8.pem -passout pass:word-of-the-key \
	-out key_rc4.pem 2>/dev/null || rm -f key_rc4.pem
sed 's/$/\r/' key_pkcs8.pem >key_crlf.pem
openssl ecparam -name prime256v1 -genkey -noout -out key_ec.pem
openssl genrsa -out key_1024.pem 1024 2>/dev/null
openssl genrsa -out key_stranger.pem 2048 2>/dev/null
# For a peer in Java.
openssl pkcs12 -export -in good.crt -inkey good.key -passout pass:password -out good.p12
