# Completion of benchmark for fish: benchmark completion fish > ~/.config/fish/completions/benchmark.fish
function __benchmark_complete
    set -l line (commandline --cut-at-cursor --current-process | string collect | string trim --left)
    set -l known (benchmark "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)
    # Where nothing is known, files are: psi compares them.
    string join -- \n $known; or __fish_complete_path (commandline --cut-at-cursor --current-token)
end
complete -c benchmark -f -a '(__benchmark_complete)'
