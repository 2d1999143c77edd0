#compdef benchmark
# Completion of benchmark for zsh: source <(benchmark completion zsh), after compinit.
_benchmark() {
    local -a known
    known=("${(@f)$(benchmark "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
    known=(${known:#})
    # Where nothing is known, files are: psi compares them.
    compadd -- $known || _files
}
compdef _benchmark benchmark
