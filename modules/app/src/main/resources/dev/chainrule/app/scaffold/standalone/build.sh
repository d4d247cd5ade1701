[ -f "$1" ] || { echo "usage: sh build.sh path/to/pipeline.jar" >&2; exit 2; }
set -e; here=$(dirname "$0"); rm -rf "$here/out"
javac --release 17 -encoding UTF-8 -cp "$1" -d "$here/out" "$here"/src/@package@/*.java
cp -r "$here/src/META-INF" "$here/out/" && jar --create --file "$here/@name@.jar" -C "$here/out" .
