# Becomes the server given as arguments, after leaving behind a watcher that ends it when the launching JVM is gone.
# Arguments: the server's folder, the first signal to an orphan, the command line.
#
# The JVM holds the other end of standard input. Whatever ends the JVM closes it, and the watcher's read returns. The JVM
# closes it too when it kills the server or the server has ended. So the watcher then waits until either the server is
# gone, and does nothing, or the server has another parent, which means that the JVM is gone.
# A process number may be used again: the server is known by its start time too.
# The watcher is forked twice, so that it is no child of the server and is never paused or killed with it.
folder=$1
signal=$2
shift 2
pid=$$
jvm=$PPID
exec 3<&0

# Prints parent and start time of the server: fields 4 and 22 of its stat file, counted here from behind the name.
identity() {
  read -r stat < "/proc/$pid/stat" && set -- ${stat##*\) } && echo "$2 ${20}"
}
began() {
  set -- $(identity)
  echo "$2"
}
start=$(began)

watch() {
  read -r line <&3
  while [ "$(identity)" = "$jvm $start" ]; do
    sleep 0.1
  done
  [ "$(began)" = "$start" ] || exit 0
  children=$(cat "/proc/$pid/task/$pid/children")
  kill -s "$signal" "$pid"
  kill -s CONT "$pid" $children
  tries=0
  while [ "$(began)" = "$start" ] && [ $tries -lt 20 ]; do
    sleep 0.1
    tries=$((tries + 1))
  done
  [ "$(began)" = "$start" ] && kill -s KILL "$pid" $children
  rm -rf "$folder"
}

if [ -n "$start" ]; then
  (cd / && watch > /dev/null 2>&1 &)
fi
exec "$@" < /dev/null 3<&-
