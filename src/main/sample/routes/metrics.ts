/** Measures, dimensions, retention (contract E.9 to E.11): broad scope only, kept for five minutes. */
import { dimensions } from '../rules/dimensions.ts'
import { measures } from '../rules/measures.ts'
import { MetricsCache, type Params } from '../rules/metrics.ts'
import { retention } from '../rules/retention.ts'
import type { Sample } from '../rules/sample.ts'
import { permitted, type Route } from './call.ts'

const caches = new WeakMap<Sample, MetricsCache>()

function cacheOf(sample: Sample): MetricsCache {
  const cache = caches.get(sample) ?? new MetricsCache()
  caches.set(sample, cache)
  return cache
}

function metric(name: string, compute: (sample: Sample, params: Params) => object[]): Route {
  return {
    method: 'POST',
    path: `/api/v1/admin/${name}`,
    access: { kind: 'admin', scopes: ['admin:read'] },
    reads: true,
    run: call => {
      permitted(call, 'view_dashboard')
      const { sample, params } = call
      const key = `${name} ${JSON.stringify(params)}`
      return { text: cacheOf(sample).get(key, sample.clock.now(), () => JSON.stringify(compute(sample, params))) }
    },
  }
}

/** Measures, dimensions and retention (contract E.9). */
export const metricRoutes: readonly Route[] = [
  metric('measures', measures),
  metric('dimensions', dimensions),
  metric('retention', retention),
]
