import type { Lang } from '../script.ts'

/** One spam campaign: who posts, what, and how people complain about it. Every report about it carries `label`. */
export interface Campaign {
  readonly label: string
  readonly reports: number
  /** How many accounts post it. */
  readonly accounts: number
  /** Servers it comes from; '' is home. */
  readonly hosts: readonly string[]
  /** Hours before now between which the reports came. */
  readonly burst: readonly [from: number, to: number]
  /** Parts that user names are made of: one of each, then digits. */
  readonly names: readonly [readonly string[], readonly string[]]
  readonly displayNames: readonly string[]
  readonly bios: readonly string[]
  /** What all posts share once links lose their query and texts their dressing; null when only the text is shared. */
  readonly link: string | null
  /** `{link}` is the link, dressed differently each time. */
  readonly posts: readonly { readonly lang: Lang; readonly text: string }[]
  /** By the language of who reports; empty comments are common everywhere. */
  readonly comments: Readonly<Record<Lang, readonly string[]>>
}

/** Three campaigns, 200 reports: one known by its link, one by link and text in three languages, one by its text alone. */
export const campaigns: readonly Campaign[] = [
  {
    label: 'campaign:casino',
    reports: 90,
    accounts: 54,
    hosts: [
      '',
      'quickjoin.example',
      'offenes-tor.example',
      'latchkey.example',
      'rent-a-handle.example',
      'freepost.example',
      'grange-ouverte.example',
      'aki-beya.example',
    ],
    burst: [5.2, 0.2],
    names: [
      ['lucky', 'glueck', 'spin', 'jackpot', 'chance', 'gewinn', 'roulette', 'bonus'],
      ['_queen', '_max', '_24', '_royal', 'rad', '_vip', '_now', '_fee'],
    ],
    displayNames: [
      'Glücksfee 🍀',
      'Spin & Win',
      'Jackpot Jenny',
      'Lucky Larry 🎰',
      'Dein Bonus wartet',
      'Royal Chance',
      'La roue dorée',
      '今日のラッキー',
    ],
    bios: ['Ich hatte Glück. Du auch?', 'Just lucky I guess', 'Freispiele täglich', 'Ask me how', ''],
    link: 'https://gluecksrad-am-fluss.example/start',
    posts: [
      { lang: 'de', text: '@{victim} Nur heute: 250 Freispiele ohne Einzahlung, Platz ist begrenzt 🎰 {link}' },
      { lang: 'de', text: 'Meine Nachbarin hat gestern 4.300 € gewonnen, kein Witz @{victim} {link}' },
      { lang: 'en', text: '@{victim} I quit my job on Tuesday. This wheel pays. {link}' },
      { lang: 'en', text: 'They do not want you to find this one, @{victim}. 250 free spins 👉 {link}' },
      { lang: 'fr', text: '@{victim} Tournez la roue, c’est gratuit, il reste trois places {link}' },
      { lang: 'ja', text: '@{victim} 本日限定、登録するだけで必ず当たる {link}' },
      { lang: 'es', text: '@{victim} Hoy giras gratis, mañana te arrepientes 🎲 {link}' },
      { lang: 'de', text: '🍀🍀🍀 {link} 🍀🍀🍀 @{victim}' },
    ],
    comments: {
      de: [
        'Spam',
        '',
        'Schon wieder das Glücksrad.',
        'Glücksspiel-Werbung, ungefragt',
        'Ich habe die letzten fünf auch gemeldet. Es sind dieselben Leute.',
        'bitte blockt doch einfach den Link',
        'Spam, antwortet auf alles',
        'Der Link ist jedes Mal ein bisschen anders und führt jedes Mal dorthin.',
        'Hat in zehn Minuten den halben Chor erwähnt',
        'Nein, ich will nicht drehen.',
        '',
      ],
      en: [
        'spam',
        '',
        'casino spam, third one today',
        'Same link as before, different name',
        'keeps coming back',
        'It mentions half the choir',
        'Wheel again. I have started to collect them.',
        'gambling, and my son is fourteen',
        '',
      ],
      fr: ['spam', 'Encore la roue…', '', 'Publicité pour un casino', 'Le même lien qu’hier, un autre nom'],
      es: ['spam', 'otra vez el casino', '', 'La ruleta de siempre'],
      ar: ['إعلان قمار', 'الرابط نفسه مرة أخرى', '', 'إزعاج'],
      ja: ['スパムです', 'またルーレットです', '', '同じリンクです'],
    },
  },
  {
    label: 'campaign:giveaway',
    reports: 60,
    accounts: 41,
    hosts: [
      'puerta-abierta.example',
      'bab-maftuh.example',
      'quickjoin.example',
      'rent-a-handle.example',
      'offenes-tor.example',
      'test.devbox.example',
      'freepost.example',
    ],
    burst: [26, 21.5],
    names: [
      ['market', 'supermercado', 'hadaya', 'regalo', 'gift', 'tienda', 'souq', 'voucher'],
      ['.official', '_online', '_es', '_arab', '_prize', '_club', '_today'],
    ],
    displayNames: [
      'Supermercado Weide ✅',
      'Weide Market Gifts',
      'هدايا سوق وايده',
      'Regalos del barrio',
      'Official Voucher Desk',
      'بطاقات الهدايا ✅',
    ],
    bios: ['Sorteo oficial', 'Official giveaway account', 'الحساب الرسمي للمسابقة', ''],
    link: 'https://weidemarkt-geschenk.example/claim',
    posts: [
      {
        lang: 'en',
        text: '@{victim} Congratulations! You are one of 100 neighbours chosen for a 500 € grocery voucher. Claim it before midnight, only delivery is 1.95 €: {link}',
      },
      {
        lang: 'es',
        text: '@{victim} ¡Enhorabuena! Eres uno de los 100 vecinos elegidos para un vale de 500 € en comestibles. Reclámalo antes de medianoche, solo pagas 1,95 € de envío: {link}',
      },
      {
        lang: 'ar',
        text: '@{victim} مبروك! أنت واحد من مئة جار اختيروا لقسيمة مشتريات بقيمة 500 يورو. استلمها قبل منتصف الليل، وتدفع التوصيل فقط 1.95 يورو: {link}',
      },
    ],
    comments: {
      de: [
        'Betrug, auf der nächsten Seite wollen sie eine Kartennummer',
        'Der Weidemarkt weiß von nichts, ich habe angerufen',
        'Phishing',
        '',
      ],
      en: [
        'Scam, they ask for a card number on the next page',
        'Phishing',
        'fake voucher',
        'they wrote to my grandmother',
        '',
        'spam / phishing',
      ],
      fr: ['Hameçonnage', 'Faux bon d’achat, ma voisine a failli payer', ''],
      es: ['Estafa. Mi madre casi mete la tarjeta.', 'No existe ese sorteo, he preguntado en el mercado', 'estafa', ''],
      ar: ['احتيال، أرجوكم احذروا كبار السن', 'ليست من السوق، سألتهم', 'خدعة واضحة', ''],
      ja: ['詐欺です。カード番号を求められました', '偽の景品です', ''],
    },
  },
  {
    label: 'campaign:recovery',
    reports: 50,
    accounts: 33,
    hosts: [
      'latchkey.example',
      'quickjoin.example',
      'freepost.example',
      'test.devbox.example',
      'rent-a-handle.example',
      'tabula-rasa.example',
      '',
    ],
    burst: [53, 47],
    names: [
      ['grateful', 'recovered', 'mrs', 'honest', 'blessed', 'james', 'linda', 'thankful'],
      ['_wallace', '_again', '_investor', '_testimony', '_hope', '_brooks'],
    ],
    displayNames: [
      'Linda W.',
      'James (recovered)',
      'A grateful client',
      'Mrs. Wallace',
      'Honest Testimony',
      'Hope Brooks',
    ],
    bios: ['Widow, grateful', 'I lost everything and got it back', 'Believe', ''],
    link: null,
    posts: [
      {
        lang: 'en',
        text: 'I lost 38,000 to a fake investment and cried for a week. Then I met the agent they call Lostcoin Desk, who brought back every cent in two days. Write to them, they are honest. God bless.',
      },
    ],
    comments: {
      de: [
        'Betrug, „Rückholung“ verlorener Gelder',
        'Wort für Wort wie zehn andere',
        'Schreibt unter das Konto eines Toten. Widerlich.',
        '',
      ],
      en: [
        'Recovery scam. They prey on people who were already robbed.',
        'crypto scam',
        'Word for word the same as ten others',
        'Replied under a memorial account. Disgusting.',
        'scam bot',
        '',
        'Same text, odd letters, I think to fool filters',
        'This cost my brother his savings. Please be quick.',
      ],
      fr: ['arnaque aux cryptos', 'Toujours le même texte', ''],
      es: ['Estafa de criptomonedas', 'Lo mismo, palabra por palabra', ''],
      ar: ['احتيال على من خسروا أموالهم', 'النص نفسه بالحرف', ''],
      ja: ['詐欺。同じ文章が何度も来ます', '暗号資産の詐欺です'],
    },
  },
]

/** Posts of the recovery campaign answer these, among them the last post of a man who died. */
export const recoveryHaunts: readonly string[] = ['m-last', 'a-ravi', 'a-joerg', 'a-dee', 's-hv3', 'w-quiet']
