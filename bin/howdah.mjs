#!/usr/bin/env node
// The command line: finds the right Node, builds if need be, and hands over to the built output.
import { join } from 'node:path'
import { build, findNode, root } from './built.mjs'
import { handOver } from './hand-over.mjs'

const node = findNode()
if (!build(node)) process.exit(1)
const [command, ...rest] = process.argv.slice(2)
const words =
  command === 'web'
    ? [join(root, 'out/main/web.js'), ...rest]
    : [join(root, 'out/main/cli.js'), ...process.argv.slice(2)]
handOver(node, words)
