#!/usr/bin/env node
// Apart from what is built, so that it is there when packages are linked before the first build.
import '../dist/cli/main.js'
