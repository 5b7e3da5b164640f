# What the scripts here share; sourced, with $root set.
jar="$root/bench/target/benchmarks.jar"
JAVA_HOME="$("$root/ci/scripts/find-jdk")"
export JAVA_HOME

is_current() { # file [further folders]
  [ -f "$1" ] || return 1
  local changed
  changed="$(cd "$root" && find pom.xml native bindings runtime nn bench "${@:2}" \
    -name target -prune -o -path '*/src/test' -prune -o -path '*/src/main/c' -prune -o \
    -type f \( -path '*/src/*' -o -name pom.xml \) -newer "$1" -print)"
  [ -z "$changed" ]
}

build() { # Maven's arguments
  if ! command -v mvn >/dev/null; then
    echo "bench: Maven was not found: install Maven 3.8.7 or newer to build (maven, or brew install maven)" >&2
    exit 1
  fi
  echo "bench: building" >&2
  # Maven's own libraries use what a JDK 25 warns of.
  (cd "$root" && MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow \
--enable-native-access=ALL-UNNAMED" mvn -q -B -DskipTests "$@" package) >&2 </dev/null
  # Maven leaves a file alone that would stay the same.
  touch "$jar"
}

# The C loops that elementwise operations are measured against. Sets $loops, empty without a compiler.
build_loops() {
  local source="$root/bench/src/main/c/loops.c" folder="$root/bench/target/native" cc="${CC:-cc}"
  loops=()
  if ! command -v "$cc" >/dev/null; then
    echo "bench: no C compiler ($cc): the C loops are left out; install one, or set CC" >&2
    return
  fi
  mkdir -p "$folder"
  local library="$folder/libloops.so" common=(-O3 -march=native -shared -fPIC -fno-math-errno)
  if "$cc" "${common[@]}" -fopenmp -o "$library" "$source" 2>/dev/null ||
    "$cc" "${common[@]}" -Wno-unknown-pragmas -o "$library" "$source"; then
    loops=("-Dgatun.bench.loops=$library" "-Dgatun.bench.compiler=$("$cc" --version | head -n 1)")
  else
    echo "bench: $cc could not compile the C loops: they are left out" >&2
  fi
}

cpu() {
  local name=""
  if [ -r /proc/cpuinfo ]; then
    name="$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
  elif command -v sysctl >/dev/null; then
    name="$(sysctl -n machdep.cpu.brand_string 2>/dev/null || true)"
  fi
  echo "${name:-$(uname -m)}"
}

# A name that is not taken: a run never overwrites another.
new_name() { # machine
  local slug base name count=1
  slug="$(printf '%s' "$1" | tr '[:upper:]' '[:lower:]' | tr -cs '[:alnum:]' '-')"
  slug="${slug#-}"
  base="$root/bench/results/${slug%-}-$(date +%Y-%m-%d)"
  name="$base"
  while [ -e "$name.json" ]; do
    count=$((count + 1))
    name="$base-$count"
  done
  mkdir -p "$root/bench/results"
  echo "$name"
}
