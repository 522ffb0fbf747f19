import { useMemo, useSyncExternalStore } from 'react'
import { hrefOf, type Route, readRoute } from './route.ts'

export const goTo = (route: Route) => {
  location.hash = hrefOf(route)
}

const onChange = (run: () => void) => {
  window.addEventListener('hashchange', run)
  return () => window.removeEventListener('hashchange', run)
}

export const useRoute = (): Route => {
  const hash = useSyncExternalStore(onChange, () => location.hash)
  return useMemo(() => readRoute(hash), [hash])
}
