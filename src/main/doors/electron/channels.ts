/** What page and shell say to one another, over the preload script. The list is whole: nothing else is heard, and `engine` is only spoken. */
export const channels = {
  openEngine: 'howdah:open-engine',
  engine: 'howdah:engine',
  openLink: 'howdah:open-link',
  saveExport: 'howdah:save-export',
  listen: 'howdah:listen',
} as const
