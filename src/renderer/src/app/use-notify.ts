import { useEffect, useState } from 'react'
import { say } from '../../../shared/messages/say.ts'
import type { Output } from '../client/question.ts'
import { useLive } from '../client/use-live.ts'
import { isQuiet, makeArrivals } from './notify.ts'

/**
 * Tells by a notification of the system that reports came while nobody looked: how many, and nothing of what is in them or whom they are
 * about. Only where it was switched on and the system allows it, and never in the quiet hours.
 */
export const useNotify = (counts: Pick<Output<'reports.counts'>, 'byServer'> | undefined) => {
  const settings = useLive('settings.get', {}).data
  const [arrivals] = useState(makeArrivals)
  useEffect(() => {
    if (!counts || !settings) return
    const count = arrivals(counts.byServer, document.hasFocus())
    if (count === 0 || !settings.notify || isQuiet(settings, new Date())) return
    if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return
    // One of them at a time: the next takes the place of the last.
    const told = new Notification(say('notify.title', { count }), { tag: 'howdah-reports', silent: true })
    told.onclick = () => {
      window.focus()
      told.close()
    }
  }, [counts, settings, arrivals])
}
