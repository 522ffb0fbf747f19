import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect as connectSocket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { doorWords } from '../../bin/built.mjs'
import { smallWorld } from '../../src/main/sample/rules/small-world.ts'
import { startSampleServer } from '../../src/main/sample/server.ts'
import { tempFolder } from '../engine/ground.ts'
import { hostileWords } from '../engine/hostile-words.ts'
import { openPage } from '../engine/page-wire.ts'
import { ask } from '../unit/doors/loopback-ground.ts'

/** What hostile sockets may cost the person at the desk. */
const MOST = { p99Ms: 50, megabytes: 64 }
/** A computer that does nothing else than dial would measure itself. */
const REDIAL_MS = 250

/** Runs in a process of its own: keeps so many connections to a port, each doing its worst, and makes a new one for each that is cut. */
const attack = (port: number, many: number) => {
  const worst = hostileWords(port)
  let made = 0
  const begin = (of: number) => {
    const socket = connectSocket({ port, host: '127.0.0.1', allowHalfOpen: true })
    made += 1
    socket.once('connect', () => socket.write(worst[of % worst.length]?.words ?? ''))
    socket.on('error', () => {})
    const again = () => setTimeout(begin, REDIAL_MS, of)
    // A half of them never hang up: the door must.
    if (of % 2 === 0) socket.once('end', () => socket.destroy())
    socket.once('close', again)
    socket.resume()
  }
  for (let n = 0; n < many; n++) begin(n)
  process.on('message', () => process.send?.(made))
}

const rssOf = (pid: number | undefined) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

/** Asks again and again for so many seconds: the 99th of a hundred answers, ms, and the most memory of the door meanwhile. */
const measure = async (again: () => Promise<unknown>, web: ChildProcess, seconds: number) => {
  const took: number[] = []
  let megabytes = 0
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    const began = performance.now()
    await again()
    took.push(performance.now() - began)
    megabytes = Math.max(megabytes, rssOf(web.pid))
    await new Promise(done => setTimeout(done, 5))
  }
  took.sort((one, other) => one - other)
  return { p99: took[Math.floor(took.length * 0.99)] ?? 0, asked: took.length, megabytes }
}

/**
 * The loopback door as it is built, with a page open on it, before and while so many hostile sockets stand before it: what the open page
 * waits for an answer, what a reload waits for the page, and the memory of the door.
 */
export const soakDoor = async (sockets: number, seconds = 10) => {
  const server = await startSampleServer({ world: smallWorld(Date.now()), jobDelay: 0, colleagues: false })
  using folder = tempFolder()
  const web = spawn(process.execPath, [...doorWords, '--no-open', '--data', folder.path], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const [line] = await once(web.stdout, 'data')
  const address = new URL(/(http\S+)/.exec(String(line))?.[1] ?? '')
  const port = Number(address.port)
  const { engine, cookie } = await openPage(port, address.searchParams.get('code') ?? '')
  let attacker: ChildProcess | undefined
  try {
    await engine.call('servers.signIn', { url: server.url, token: 'admin' })
    await engine.call('sync.now', { all: true }, { timeoutMs: 60_000 })
    const question = () => engine.call('reports.open', { filter: {}, group: 'none', sort: 'newest' })
    let refused = 0
    const reload = async () => {
      const answer = await ask(port, '/', [`Cookie: ${cookie}`]).catch(() => undefined)
      if (answer?.status !== 200) refused += 1
    }
    await measure(question, web, 3)
    await measure(reload, web, 1)
    const quiet = { question: await measure(question, web, seconds), reload: await measure(reload, web, seconds) }
    attacker = fork(fileURLToPath(import.meta.url), ['attack', address.port, `${sockets}`])
    await new Promise(done => setTimeout(done, 1_000))
    const under = { question: await measure(question, web, seconds), reload: await measure(reload, web, seconds) }
    attacker.send('how many?')
    const [made] = await once(attacker, 'message')
    const more = (of: 'question' | 'reload') => under[of].p99 - quiet[of].p99
    const megabytes = Math.max(under.question.megabytes, under.reload.megabytes)
    const moreMegabytes = megabytes - Math.max(quiet.question.megabytes, quiet.reload.megabytes)
    const ms = (of: keyof typeof quiet) => [quiet, under].map(when => Number(when[of].p99.toFixed(1)))
    return {
      sockets,
      made: Number(made),
      asked: under.question.asked + under.reload.asked,
      refused,
      /** Before, and meanwhile. */
      questionP99Ms: ms('question'),
      reloadP99Ms: ms('reload'),
      moreMegabytes: Number(moreMegabytes.toFixed(1)),
      holds:
        refused === 0 && Math.max(more('question'), more('reload')) <= MOST.p99Ms && moreMegabytes <= MOST.megabytes,
    }
  } finally {
    attacker?.kill('SIGKILL')
    engine.close()
    const ended = once(web, 'exit')
    web.kill('SIGTERM')
    await ended
    await server.close()
  }
}

if (process.argv[2] === 'attack') attack(Number(process.argv[3]), Number(process.argv[4]))
