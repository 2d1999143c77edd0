#!/bin/sh
# Writes the locks of the packages that images are made of, for `dotnet restore --locked-mode`. Needs the .NET SDK:
#   deploy/docker/lock.sh                            the packages of every image
#   deploy/docker/lock.sh -p:SnowflakeDriver=true    with Snowflake's driver
#   deploy/docker/lock.sh -p:DatadogTracer=true      with Datadog's tracer
#   deploy/docker/lock.sh -p:VendorPackages=true     with both
set -eu
cd "$(dirname "$0")/../.."
dotnet restore cli -r linux-x64 --force-evaluate -p:RestorePackagesWithLockFile=true "$@"
