import { smallWorld } from '../../src/main/sample/rules/small-world.ts'
import { startSampleServer } from '../../src/main/sample/server.ts'
import { allDecisions, type Child, judge, startChild } from '../engine/crash-ground.ts'
import { runDesktop } from '../engine/desktop-ground.ts'
import { playHours } from '../engine/gentle.ts'
import { openGround, tempFolder, until } from '../engine/ground.ts'
import { flipBytes, packInto } from '../engine/packed-ground.ts'
import { openSigned, playSignOuts, playSpoilt } from '../engine/sign-in-rounds.ts'
import { playHistory } from '../engine/sync-history.ts'
import { soakCanary } from './canary.ts'
import { soakDeaths } from './deaths.ts'
import { soakDoor } from './door.ts'

/**
 * The long forms of the tests: `npm run soak -- [--kills N] [--histories N] [--hours N] [--flips N] [--messages N] [--sign-outs N]
 * [--blobs N] [--sockets N] [--deaths N] [--steps N] [--from SEED]`. Prints what it counted as one JSON document, also when it is stopped;
 * ends with 1 when anything was lost, sent twice, overlooked, told to the page or in disagreement, or a door was held up. Messages, flips,
 * sockets, deaths and steps are of the bundles as they are built.
 */
const asked = (name: string, usual: number): number => {
  const at = process.argv.indexOf(`--${name}`)
  const value = Number(process.argv[at + 1])
  return at > 0 && Number.isInteger(value) && value >= 0 ? value : usual
}
const kills = asked('kills', 200)
const histories = asked('histories', 200)
const hours = asked('hours', 24)
const flips = asked('flips', 2_000)
const messages = asked('messages', 50_000)
const signOuts = asked('sign-outs', 100)
const blobs = asked('blobs', 200)
const sockets = asked('sockets', 1_000)
const deaths = asked('deaths', 100)
const steps = asked('steps', 500)
const from = asked('from', 1_000)
const say = (line: string) => process.stderr.write(`${line}\n`)

/** What each part counted, up to now. */
const counted: Record<string, object> = {}
const tell = () => process.stdout.write(`${JSON.stringify(counted, null, 2)}\n`)
// Who stops it after an hour wants to know what the hour found.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    tell()
    process.exit(1)
  })

/** Kills the engine's process at random moments around acknowledgements; a server of its own for every few rounds. */
const soakCrashes = async (rounds: number) => {
  const found = {
    kills: 0,
    acknowledged: 0,
    lost: 0,
    twice: 0,
    wrong: 0,
    draftsLost: 0,
    /** Of a process from sources, ms. */
    slowestStart: 0,
    unverified: 0,
    states: {} as Record<string, number>,
  }
  counted.crashes = found
  while (found.kills < rounds) {
    const server = await startSampleServer({ world: smallWorld(Date.now()), jobDelay: 0 })
    using folder = tempFolder()
    const acknowledged: string[] = []
    const drafts = new Map<string, string>()
    let child: Child = await startChild(folder.path)
    try {
      const { server: home } = await child.call('servers.signIn', { url: server.url, token: 'admin' })
      await child.call('settings.set', { graceSeconds: 2 })
      await child.call('sync.now', { all: true })
      const free = server.world.reports
        .all()
        .filter(one => one.actionTakenAt === null && one.assignedAccountId === null)
      const reports = free.map(one => one.id)
      while (reports.length >= 3 && found.kills < rounds) {
        server.faults.clear()
        const ms = Math.floor(Math.random() * 80)
        server.faults.add({ kind: 'delayed', ms, after: Math.random() < 0.5 }, { method: 'POST', times: 99 })
        if (Math.random() < 0.2) server.faults.add({ kind: 'cut-after' }, { method: 'POST' })
        const wanted = (['report.assign', 'report.assign', 'report.close'] as const).map(async kind => {
          const { decision } = await child.call('decisions.arm', {
            server: home.key,
            subject: { of: 'report', id: reports.shift() ?? '' },
            kind,
          })
          acknowledged.push(decision.id)
        })
        const written = {
          of: 'note' as const,
          key: `${home.key} ${found.kills % 50}`,
          words: { text: `${found.kills}` },
        }
        const keeping = child.call('drafts.keep', written).then(() => void drafts.set(written.key, written.words.text))
        // Half of the kills come while some are not acknowledged yet.
        if (Math.random() < 0.5) await Promise.all([...wanted, keeping])
        await new Promise(resolve => setTimeout(resolve, Math.random() * 150))
        await child.kill()
        await Promise.allSettled([...wanted, keeping])
        found.kills++
        const began = performance.now()
        child = await startChild(folder.path)
        found.slowestStart = Math.max(found.slowestStart, Math.round(performance.now() - began))
        const held = new Map((await child.call('drafts.list', {})).drafts.map(one => [one.key, Number(one.words.text)]))
        // One that was not acknowledged may be there all the same.
        for (const [key, text] of drafts) if ((held.get(key) ?? -1) < Number(text)) found.draftsLost++
      }
      server.faults.clear()
      const moving = new Set(['held', 'ready', 'sending'])
      const decisions = await until(
        () => allDecisions(child),
        all => all.every(one => !moving.has(one.state)),
      ).catch(() => allDecisions(child))
      // Unknown ones have their first look two seconds after the start, the second after fifteen.
      await new Promise(resolve => setTimeout(resolve, 3_000))
      const settled = await allDecisions(child)
      const { lost, twice, wrong } = judge(server, acknowledged, settled)
      found.acknowledged += acknowledged.length
      found.lost += lost.length
      found.twice += twice.length
      found.wrong += wrong.length + decisions.filter(one => moving.has(one.state)).length
      if (!(await child.call('log.verify', {})).ok) found.unverified++
      for (const { state } of settled) found.states[state] = (found.states[state] ?? 0) + 1
      for (const line of [...lost, ...twice, ...wrong]) say(`crash: ${line}`)
    } finally {
      await child.kill()
      await server.close()
    }
    say(`crash: ${found.kills} kills, ${found.acknowledged} acknowledged, ${found.lost} lost, ${found.twice} twice`)
  }
  return found
}

/** Plays seeded histories of colleagues, broken pages, restarts and put-backs; when it is quiet mirror and server must agree. */
const soakHistories = async (count: number) => {
  const found = { histories: 0, disagree: [] as number[] }
  counted.histories = found
  for (let seed = from; seed < from + count; seed++) {
    await using ground = await openGround()
    try {
      const { quiet, wrong } = await playHistory(ground, seed, 120)
      const lies = [...(await quiet()), ...(await wrong())]
      if (lies.length > 0) throw new Error(lies.join(', '))
    } catch (error) {
      found.disagree.push(seed)
      say(`history ${seed}: ${String(error).slice(0, 300)}`)
    }
    found.histories++
    if (found.histories % 20 === 0) say(`histories: ${found.histories} played, ${found.disagree.length} disagree`)
  }
  return found
}

/** A day beside someone who browses with the same account, on a server with Mastodon's limits and costs. */
const soakGentle = async () => {
  const { lists, ...played } = await playHours(hours, {
    reports: 40_000,
    page: 200,
    blocks: 5_000,
    signups: 2_000,
    seed: from,
  })
  const wrong = [
    ...(played.refusedOfOurs + played.refusedOfPerson > 0 ? ['someone was refused'] : []),
    ...(Math.max(played.mostCalls, played.mostPaged) > 180 ? ['more than 60 % of a limit'] : []),
    ...(played.sweepShare > 0.05 ? ['sweeps take more than 5 % of the time'] : []),
    ...(played.firstRequests > played.firstWanted + 10 ? ['the first sync asked too often'] : []),
    ...lists.flatMap(({ list, complete }) => (complete ? [] : [`${list} is not whole`])),
  ]
  for (const line of wrong) say(`gentle: ${line}`)
  counted.gentle = { hours, ...played, wrong }
  return wrong.length
}

/** A package of the bundles as they are built, with one byte changed at a time. */
const soakFlips = () => {
  using folder = tempFolder()
  const missed = flipBytes(packInto(folder.path), flips, from)
  for (const line of missed) say(`flips: overlooked ${line}`)
  counted.flips = { flips, missed: missed.length }
  return missed.length
}

/** The built desktop on the stand-in of Electron: every channel with every kind of sender and payload. */
const soakMessages = async () => {
  using folder = tempFolder()
  const { fuzz } = await runDesktop(folder.path, { STAND_IN_FUZZ: String(messages) }, undefined, 1_200_000)
  const wrong = [...fuzz.crashes, ...fuzz.strays]
  for (const line of wrong) say(`messages: ${line}`)
  counted.messages = { sent: fuzz.sent, channels: fuzz.channels.length, wrong }
  return wrong.length
}

/** Signs in and out at a server that answers in every way, and opens spoilt tokens. */
const soakSignIns = async () => {
  await using ground = await openSigned()
  const { neither, ...played } = await playSignOuts(ground, signOuts)
  await using other = await openSigned()
  const wrong = [...neither, ...(await playSpoilt(other, blobs))]
  for (const line of wrong) say(`sign-ins: ${line}`)
  counted.signIns = { ...played, blobs, wrong }
  return wrong.length + played.sameToken
}

/** The built loopback door with hostile sockets before it. */
const soakSockets = async () => {
  const found = await soakDoor(sockets)
  counted.door = found
  if (!found.holds) say('door: whoever sits behind it notices')
  return found.holds ? 0 : 1
}

let bad = 0
if (signOuts + blobs > 0) bad += await soakSignIns()
if (messages > 0) bad += await soakMessages()
if (flips > 0) bad += soakFlips()
if (sockets > 0) bad += await soakSockets()
if (hours > 0) bad += await soakGentle()
if (deaths > 0) bad += await soakDeaths(deaths, say, counted)
if (steps > 0) bad += await soakCanary(steps, say, counted)
const { disagree } = await soakHistories(histories)
const { lost, twice, wrong, draftsLost, unverified } = await soakCrashes(kills)
tell()
process.exit(bad + disagree.length + lost + twice + wrong + draftsLost + unverified === 0 ? 0 : 1)
