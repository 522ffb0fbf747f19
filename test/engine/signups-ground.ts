import { snowflakeAt } from '../../src/main/sample/rules/ids.ts'
import type { AccountRecord, UserRecord } from '../../src/main/sample/rules/model.ts'
import { newAccount, newUser, plainProfile } from '../../src/main/sample/rules/records.ts'
import type { World } from '../../src/main/sample/rules/world.ts'
import { NOON } from './ground.ts'

/** Someone who signed up at a time, by default five minutes before noon, and waits. */
export const addWaiting = (
  world: World,
  username: string,
  more: Partial<UserRecord> & { ip?: string; at?: number } = {},
): AccountRecord => {
  const { ip = '192.0.2.1', at = NOON - 5 * 60_000, ...user } = more
  const id = world.userIds.next()
  return world.addAccount(
    newAccount({
      id: snowflakeAt(at, Number(id)),
      username,
      domain: null,
      createdAt: at,
      profile: plainProfile,
      user: newUser({
        id,
        email: `${username}@post.example`,
        approved: false,
        confirmed: true,
        inviteRequest: `${username} would like to join.`,
        ips: [{ ip, usedAt: at }],
        lastSignInAt: null,
        ...user,
      }),
    }),
  )
}

/** A wave of machines: names and four digits, one mail domain, one range, one text. */
export const addWave = (world: World, count: number): AccountRecord[] =>
  Array.from({ length: count }, (_, n) =>
    addWaiting(world, `${['anna', 'bruno', 'clara', 'daoud'][n % 4]}${1000 + n}`, {
      email: `u${n}@throwaway.example`,
      inviteRequest: 'I want to join the community',
      ip: `203.0.113.${n % 250}`,
      at: NOON - (1 + (n % 60)) * 60_000,
      confirmed: n % 10 === 0,
    }),
  )
