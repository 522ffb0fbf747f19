import type { Lang } from '../script.ts'

/** Somebody honest who waits to be let in. */
export interface Applicant {
  readonly user: string
  readonly lang: Lang
  readonly mail: string
  readonly why: string
  readonly confirmed?: false
}

/** Fifteen people; each deserves a look. Two share something with a wave by chance, and must not drown in it. */
export const applicants: readonly Applicant[] = [
  {
    user: 'klara_vom_kornmarkt',
    lang: 'de',
    mail: 'klara@post.example',
    why: 'Ich habe den Blumenladen am Kornmarkt. Yara hat mir gesagt, hier seid ihr. Ich möchte vor allem mitlesen und manchmal Tulpen zeigen.',
  },
  {
    user: 'ioannis_p',
    lang: 'en',
    mail: 'ioannis.p@brief.example',
    why: 'Sailor, home twice a year. I would like to see my town between the homes. Dee Okafor can vouch for me, she once fished my hat out of the river.',
  },
  {
    user: 'amelie_d',
    lang: 'fr',
    mail: 'amelie.d@courrier.example',
    why: 'Je viens de la Grande Place, avec ma sœur qui s’est inscrite hier. Je dessine des plans de métro pour des villes sans métro.',
  },
  {
    user: 'abu_layla',
    lang: 'ar',
    mail: 'abu.layla@barid.example',
    why: 'جاري طارق دلّني عليكم. أعمل في المخبز ليلًا، وأحبّ أن أقرأ شيئًا هادئًا قبل الفجر.',
  },
  {
    user: 'mizuki_e',
    lang: 'ja',
    mail: 'mizuki@tegami.example',
    why: '絵を描いています。星野さんに勧められて来ました。ドイツ語は勉強中です。よろしくお願いします。',
  },
  {
    user: 'lucia_tenor',
    lang: 'es',
    mail: 'lucia@correo.example',
    why: 'Canto en el coro de Ximena, soy la cuarta voz afinada. Me dijo que aquí se puede hablar bajito.',
  },
  {
    user: 'jannis_14',
    lang: 'de',
    mail: 'jannis2014@post.example',
    why: 'meine freunde sind auch hier und ich will den bot mit dem wasserstand nachbauen. ich bin 12, fast 13',
    confirmed: false,
  },
  {
    user: 'prof_sturm',
    lang: 'de',
    mail: 'sturm@physics.university-of-the-far-north.example',
    why: 'Meteorologin, geboren in Lindenhof, seit 30 Jahren im Schnee. Ich vermisse das Hochwasser. Nicht falsch verstehen.',
  },
  { user: 'tante_erna', lang: 'de', mail: 'erna@post.example', why: 'Jörg sagt, es gibt Kekse' },
  {
    user: 'quiet_reader_9',
    lang: 'en',
    mail: 'reader@brief.example',
    why: 'I do not want to post. I just want one place on the internet where nobody shouts at me. Is reading allowed?',
  },
  {
    user: 'hanna_h',
    lang: 'de',
    mail: 'hanna.h@wegwerf-post.example',
    why: 'Bitte nicht wundern über die Wegwerfadresse, ich habe Gründe: Mein Ex liest meine richtige Post. Ich komme aus der Weberstraße und bin mit Nele im Pflegekurs.',
  },
  {
    user: 'bela_bass',
    lang: 'en',
    mail: 'bela@courrier.example',
    why: 'I want to join the community. No, honestly: I play double bass, I move to Lindenhof in January, and I know nobody.',
  },
  {
    user: 'dietmar_h2',
    lang: 'de',
    mail: 'd.hofer@post.example',
    why: 'Das ist meine zweite Anmeldung, ich habe mein Kennwort verlegt. Dietmar, Generalstraße 14 (noch).',
  },
  {
    user: 'kaninchenzucht_weide',
    lang: 'de',
    mail: 'vorstand@kaninchen-weide.example',
    why: 'Verein. 41 Mitglieder, 200 Kaninchen. Wir möchten Termine ankündigen.',
  },
  { user: 'x', lang: 'en', mail: 'x@brief.example', why: 'hi' },
]

/** Wave one: same mail domain, a first name and four digits, every reason a little different. */
export const mailWave = {
  label: 'wave:mail-domain',
  size: 25,
  mail: 'wegwerf-post.example',
  names: [
    'anna',
    'bruno',
    'clara',
    'daoud',
    'elena',
    'farid',
    'gina',
    'hugo',
    'ines',
    'jonas',
    'kira',
    'lars',
    'mona',
    'nils',
    'olga',
    'piet',
    'rosa',
    'sami',
    'tina',
    'uwe',
    'vera',
    'willi',
    'yann',
    'zoe',
    'ben',
  ],
  reasons: [
    'I like the community here',
    'Heard good things about your server',
    'I want to share my hobbies',
    'Looking for friendly people',
    'My friend recommended it',
    'Interested in technology and news',
    'I love nature and photos',
    'New to this, want to try',
    'Ich möchte die Gemeinschaft kennenlernen',
    'I would like to connect with people',
  ],
  hoursAgo: [11, 6],
} as const

/** Wave two: mails everywhere, but one network and one reason, word for word. */
export const netWave = {
  label: 'wave:network',
  size: 20,
  net: '203.0.113',
  reason:
    'Hello admin, I am a digital marketing enthusiast and would love to contribute valuable content to your esteemed community.',
  mails: ['post.example', 'brief.example', 'courrier.example', 'correo.example', 'mailbox.example', 'inbox.example'],
  names: [
    ['harvest', 'vivid', 'prime', 'urban', 'summit', 'bright', 'silver', 'coastal', 'noble', 'rapid'],
    ['studio', 'growth', 'media', 'reach', 'content'],
  ],
  hoursAgo: [3.5, 0.3],
} as const
