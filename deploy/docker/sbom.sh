#!/bin/sh
# Writes what a program is made of, as CycloneDX JSON: sbom.sh services/Fetcher fetcher.cdx.json [options of the tool]
# Needs the .NET SDK, and the tool: dotnet tool install --global CycloneDX --version 6.3.1
set -eu
project=$1
directory=$(dirname "$2")
file=$(basename "$2")
shift 2

set -- "$(ls "$(dirname "$0")/../../$project"/*.csproj)" \
  --output "$directory" --filename "$file" --output-format Json --recursive "$@"
dotnet-CycloneDX "$@"
