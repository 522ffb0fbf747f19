/** A place that takes reports of illegal content, and the law that asks for them. Facts with their sources; no legal advice. */
type Country = {
  /** ISO 3166-1 alpha-2. */
  country: string
  hotlines: readonly { name: string; url: string }[]
  /** Sentences `legal.law.*` that hold there. */
  law: readonly ('eu' | 'us')[]
}

/** Where none is named for a country. Source of most of the list: INHOPE's directory of its members (https://www.inhope.org/EN/our-members, October 2026). */
export const INHOPE = { name: 'INHOPE', url: 'https://www.inhope.org/EN/our-members' } as const

/**
 * Hotlines by country. From INHOPE's directory unless noted: Canada by the RCMP's page on online child sexual exploitation (2025-05-09), France's
 * PHAROS and Germany's shared site of eco and FSM by their own pages, Austria, Poland and Switzerland by the hotlines' own names for themselves.
 */
export const countries: readonly Country[] = [
  { country: 'AT', law: ['eu'], hotlines: [{ name: 'Stopline', url: 'https://www.stopline.at/' }] },
  { country: 'AU', law: [], hotlines: [{ name: 'eSafety Commissioner', url: 'https://www.esafety.gov.au/report' }] },
  { country: 'BR', law: [], hotlines: [{ name: 'SaferNet Brasil', url: 'https://new.safernet.org.br/denuncie' }] },
  { country: 'CA', law: [], hotlines: [{ name: 'Cybertip.ca', url: 'https://www.cybertip.ca/en/report/' }] },
  { country: 'CH', law: [], hotlines: [{ name: 'Clickandstop', url: 'https://www.clickandstop.ch/' }] },
  {
    country: 'DE',
    law: ['eu'],
    hotlines: [
      { name: 'jugendschutz.net', url: 'https://www.jugendschutz.net/verstoss-melden' },
      { name: 'Internet-Beschwerdestelle (eco, FSM)', url: 'https://www.internet-beschwerdestelle.de/' },
    ],
  },
  { country: 'ES', law: ['eu'], hotlines: [{ name: 'INCIBE', url: 'https://www.incibe.es/menores/hotline' }] },
  {
    country: 'FR',
    law: ['eu'],
    hotlines: [
      { name: 'Point de Contact', url: 'https://www.pointdecontact.net/cliquez-signalez/' },
      { name: 'PHAROS', url: 'https://www.internet-signalement.gouv.fr/' },
    ],
  },
  { country: 'GB', law: [], hotlines: [{ name: 'Internet Watch Foundation', url: 'https://report.iwf.org.uk/en' }] },
  { country: 'IE', law: ['eu'], hotlines: [{ name: 'Hotline.ie', url: 'https://hotline.ie/report/' }] },
  {
    country: 'JP',
    law: [],
    hotlines: [{ name: 'Internet Hotline Center Japan', url: 'https://www.internethotline.jp/' }],
  },
  { country: 'MX', law: [], hotlines: [{ name: 'Te Protejo México', url: 'https://teprotejomexico.org/' }] },
  { country: 'NL', law: ['eu'], hotlines: [{ name: 'Offlimits', url: 'https://meldpunt.offlimits.nl/' }] },
  { country: 'NZ', law: [], hotlines: [{ name: 'Netsafe', url: 'https://report.netsafe.org.nz/' }] },
  { country: 'PL', law: ['eu'], hotlines: [{ name: 'Dyżurnet.pl', url: 'https://dyzurnet.pl/' }] },
  { country: 'US', law: ['us'], hotlines: [{ name: 'NCMEC CyberTipline', url: 'https://report.cybertip.org/' }] },
  {
    country: 'ZA',
    law: [],
    hotlines: [{ name: 'Film and Publication Board', url: 'https://apps.fpb.org.za/hotline' }],
  },
]

/** Where the sentences about law come from. */
export const lawSources = {
  eu: { name: 'Regulation (EU) 2022/2065', url: 'https://eur-lex.europa.eu/eli/reg/2022/2065/oj' },
  us: { name: '18 U.S.C. § 2258A', url: 'https://www.law.cornell.edu/uscode/text/18/2258A' },
} as const
