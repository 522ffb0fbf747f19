import type { Lang } from '../script.ts'

/** Three parts of a reported post; `{n}` is a number. */
export const historyPosts: Readonly<
  Record<
    Lang,
    { readonly openings: readonly string[]; readonly middles: readonly string[]; readonly ends: readonly string[] }
  >
> = {
  de: {
    openings: [
      'Ich sag’s mal so:',
      'Typisch,',
      'Leute wie du',
      'Noch so einer:',
      'Wer das glaubt,',
      'Hört doch auf,',
      'An alle Nachbarn:',
      'Meine Meinung:',
      'Heute im Bus:',
      'Zum letzten Mal:',
    ],
    middles: [
      'hat das Rad nicht erfunden',
      'soll bitte woanders schreiben',
      'kauft auch Winterreifen im Juni',
      'hat keine Ahnung von Hecken',
      'versteht die Brücke nicht',
      'gehört in die Gerbergasse, nicht ins Rathaus',
      'nervt seit dem Frühling',
      'hat den Schlüssel zum Vereinsheim verloren',
      'redet lauter als der Laubbläser',
      'parkt immer vor der Nummer',
    ],
    ends: [
      'und das war erst Teil {n}.',
      'Punkt {n}.',
      'Das sage ich seit {n} Tagen.',
      '{n} Leute geben mir recht.',
      'Ticket {n}, bitte.',
      'Siehe Beitrag {n}.',
      'Und morgen wieder, um {n} Uhr irgendwas.',
    ],
  },
  en: {
    openings: [
      'Honestly,',
      'People like you',
      'Hot take:',
      'Nobody asked, but',
      'For the last time,',
      'Somebody tell him:',
      'Wake up,',
      'My offer stands:',
      'Once more for the back row:',
    ],
    middles: [
      'your garden is a crime',
      'this bridge was a mistake',
      'I sell the best courses in town',
      'the choir should be quiet',
      'you never read the sign',
      'the ferry is a hoax',
      'follow me and I follow back',
      'this opinion belongs in the river',
      'buy two and get one you do not need',
    ],
    ends: [
      'and there are {n} more like it.',
      'Part {n}.',
      '{n} people agree with me.',
      'See post {n}.',
      'That is {n} times now.',
      'Thread, {n} parts.',
    ],
  },
  fr: {
    openings: [
      'Franchement,',
      'Encore un qui',
      'Mon avis :',
      'Réveillez-vous,',
      'Pour la dernière fois,',
      'On nous cache que',
    ],
    middles: [
      'n’a jamais lu le panneau',
      'le pont est trop étroit',
      'je vends le meilleur stage de la ville',
      'cette haie dépasse',
      'le boulanger a raison',
      'personne ne vous a sonné',
    ],
    ends: ['épisode {n}.', '{n} personnes pensent comme moi.', 'et de {n}.', 'voir le message {n}.'],
  },
  es: {
    openings: ['Sinceramente,', 'Otro que', 'Mi opinión:', 'Despertad,', 'Por última vez,'],
    middles: [
      'no sabe aparcar',
      'el puente sobra',
      'vendo el mejor curso del barrio',
      'nadie te ha preguntado',
      'ese coro desafina a propósito',
    ],
    ends: ['y van {n}.', 'parte {n}.', '{n} personas me dan la razón.', 'véase el mensaje {n}.'],
  },
  ar: {
    openings: ['بصراحة،', 'واحد آخر', 'رأيي:', 'استيقظوا،', 'للمرة الأخيرة،'],
    middles: [
      'كلامك فارغ',
      'الجسر لا يلزم أحدًا',
      'أبيع أفضل دورة في البلدة',
      'لم يسألك أحد',
      'صوتك أعلى من صوت الحافلة',
    ],
    ends: ['والجزء {n} غدًا.', 'وافقني {n} شخصًا.', 'انظر المنشور {n}.', 'قلتها {n} مرة.'],
  },
  ja: {
    openings: ['正直に言うと、', 'また出た、', '個人的な意見ですが、', '最後に言います、', '目を覚まして、'],
    middles: [
      '橋はいらない',
      '誰も聞いていません',
      '町で一番の講座を売ります',
      '声が大きすぎる',
      '看板を読んでください',
    ],
    ends: ['。その{n}。', '。{n}人が賛成。', '。投稿{n}を見て。', '。もう{n}回目。'],
  },
}

/** What campaigns of the past promised; the link comes after it. */
export const historySpam: readonly string[] = [
  'Your parcel waits, pay the small fee',
  'Doctors hate this tea',
  'Double your savings by Friday',
  'A stranger likes your profile, see who',
  'Your account will be closed, confirm here',
  'Work from home, four hundred a day',
  'This chair was 900, now 39',
  'Last seats for the seminar of your life',
]

/** Two parts of a comment; `{n}` is a number. */
export const historyComments: Readonly<
  Record<Lang, { readonly first: readonly string[]; readonly second: readonly string[] }>
> = {
  de: {
    first: [
      'Spam',
      'Beleidigung',
      'Werbung',
      'Bitte prüfen',
      'Unfreundlich',
      'Schon wieder',
      'Belästigt meine Schwester',
      'Falsches Profil',
    ],
    second: ['zum {n}. Mal', 'seit {n} Tagen', 'und {n} andere sehen das auch so', 'in {n} Antworten'],
  },
  en: {
    first: [
      'spam',
      'rude',
      'advertising',
      'please have a look',
      'harassment',
      'again',
      'pretends to be my cousin',
      'not sure if this is allowed',
    ],
    second: ['for the {n}th time', 'for {n} days now', 'in {n} replies', 'and {n} others like it'],
  },
  fr: {
    first: ['spam', 'insultes', 'publicité', 'à vérifier', 'harcèlement'],
    second: ['depuis {n} jours', 'dans {n} réponses', 'et {n} autres'],
  },
  es: {
    first: ['spam', 'insultos', 'publicidad', 'por favor, revisad', 'acoso'],
    second: ['desde hace {n} días', 'en {n} respuestas', 'y {n} más'],
  },
  ar: {
    first: ['مزعج', 'إهانة', 'إعلان', 'أرجو النظر', 'مضايقة'],
    second: ['منذ {n} يومًا', 'في {n} ردود', 'للمرة {n}'],
  },
  ja: {
    first: ['迷惑です', '暴言', '宣伝', '確認してください', '嫌がらせ'],
    second: ['{n}日前から', '{n}件の返信で', '{n}回目です'],
  },
}
