# compile-typescript.sh MAIN FOLDER: compiles MAIN and what it imports into FOLDER. CommonJS takes
# what is usual; top-level await and import.meta are for ES modules alone.
compile() {
    tsc --ignoreConfig --pretty false --strict false --skipLibCheck --noEmitOnError --allowJs \
        --typeRoots /usr/local/lib/node_modules/@types --types node --lib esnext --target es2024 \
        --moduleDetection force --moduleResolution bundler --resolveJsonModule \
        --inlineSourceMap --rootDir . --outDir "$folder" --module "$1" "$main"
}

main=$1
folder=$2
case $main in
*.mts)
    said=$(compile esnext)
    status=$?
    ln -s "$(basename "$main" .mts).mjs" "$folder/${main%.mts}.js"
    ;;
*)
    said=$(compile commonjs)
    status=$?
    case $said in
    *TS1309:* | *TS1343:* | *TS1378:* | *TS1432:*)
        said=$(compile esnext)
        status=$?
        ;;
    esac
    ;;
esac
[ -z "$said" ] || printf '%s\n' "$said" >&2
exit $status
