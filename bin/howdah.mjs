#!/usr/bin/env node
// The command line: finds the right Node, builds if need be, and hands over to the built output.
import { join } from 'node:path'
import { build, doorBounds, doorWords, findNode, root } from './built.mjs'
import { handOver } from './hand-over.mjs'

const node = findNode()
if (!build(node)) process.exit(1)
const words = process.argv.slice(2)
const [command, ...rest] = words
// An option may stand before the command: then the command line opens the door itself.
const others = [...(words.includes('web') ? doorBounds : []), join(root, 'out/main/cli.js'), ...words]
handOver(node, command === 'web' ? [...doorWords, ...rest] : others)
