# Completion of benchmark for fish: benchmark completion fish > ~/.config/fish/completions/benchmark.fish
complete -c benchmark -a '(benchmark "[suggest:"(commandline -C)"]" (commandline | string collect) 2>/dev/null)'
