import type { Person, Post } from '../script.ts'

/** Names and posts that break careless clients. All of it gets past a real server. */
export const hostilePeople: readonly Person[] = [
  {
    at: 'remote_10@tabula-rasa.example',
    name: 'Remote 10 <b>&',
    lang: 'en',
    days: 33,
    note: 'My name has <b>markup</b> in it & I am not sorry. <script>alert(1)</script>',
    counts: [10, 10, 10],
  },
  {
    at: 'moc.elpmaxe@tabula-rasa.example',
    name: 'Stadt Lindenhof \u202Eelpmaxe.fohnednil@tdats',
    lang: 'de',
    days: 8,
    note: 'Wer das liest, liest es rückwärts.',
    counts: [1, 400, 90],
  },
  {
    at: 'long_long_long_user_name_that_goes_on_and_on_and_on_until_the_row@physics.university-of-the-far-north.example',
    name: 'Prof. Dr. Dr. h. c. Aurelia-Wilhelmina Featherstonehaugh-Oppenhejmowska von und zu Wasserfall-Hinterhuberberg (she/her) [on sabbatical until further notice, please write to the department]',
    lang: 'en',
    days: 410,
    note: 'Snow, neutrinos, snow.',
    counts: [77, 12, 301],
  },
  { at: 'h_e_l_l@kante.example', name: 'Z̷̢̛̗̬͈̈́͆a̸̡̛̮̤͂͋l̴̨̤͕͛̈́̕g̶̢̹͓̀̓͝o̷̞͇͐̈́ ̸̪̣̈́͗c̴̳̮͋̾o̸͍̗̐m̴̬̣͒̑e̵̻͚͌̇s̷̟̬̏͝', lang: 'en', days: 61, note: 'h̷e̷ ̷c̷o̷m̷e̷s̷', counts: [66, 6, 666] },
  {
    at: 'hadiqa@bustan.example',
    name: 'حديقة (hadiqa) 🌿 12',
    lang: 'ar',
    days: 205,
    note: 'نباتات\u200f (plants) \u200fوصبر',
    counts: [90, 60, 700],
  },
  {
    at: 'invisible@freepost.example',
    name: '\u200B\u2800\u3164',
    lang: 'en',
    days: 5,
    note: '\u200B',
    counts: [0, 99, 12],
  },
  {
    at: 'emoji_only@pixelmoor.example',
    name: ':blobdance: :blobdance: :blobdance: 🏴‍☠️👩🏽‍🚒👨‍👩‍👧‍👦 :verified:',
    lang: 'en',
    days: 99,
    note: ':blobdance:',
    counts: [321, 3, 41],
  },
  {
    at: 'paypal_mail@quickjoin.example',
    name: 'Support &amp; Billing &lt;official&gt;',
    lang: 'en',
    days: 1,
    note: 'We are &#104;ere to help',
    counts: [0, 600, 40],
  },
]

/** Posts of theirs and of others that test a reader's defences. */
export const hostilePosts: readonly Post[] = [
  {
    key: 'h-link-text',
    by: 'paypal_mail@quickjoin.example',
    ago: '5h20m',
    lang: 'en',
    text: 'Your account is limited. Confirm here: [https://rathaus.example/lindenhof/login](https://rathaus.example.login-check.quickjoin.example/?u=1)',
  },
  {
    key: 'h-schemes',
    by: 'remote_10@tabula-rasa.example',
    ago: '9h',
    lang: 'en',
    text: 'Links a server lets through: [our capsule](gemini://kapsel.example/linden) [the old film](magnet:?xt=urn:btih:00112233445566778899aabbccddeeff00112233&dn=weide-1961) [write me](mailto:remote@tabula-rasa.example) [call](xmpp:remote@tabula-rasa.example) and one it does not: javascript:alert(1)',
  },
  {
    key: 'h-bidi',
    by: 'moc.elpmaxe@tabula-rasa.example',
    ago: '20h',
    lang: 'de',
    text: 'Bitte diese Datei öffnen: Bescheid\u202Efdp.exe und danach \u2066nicht\u2069 weinen.',
  },
  { key: 'h-zalgo', by: 'h_e_l_l@kante.example', ago: '26h', lang: 'en', text: 'T̸̨̛̞̗͓̜̞̻̐̿͊̏͌͠o̵̧̭̺̮̓̎̈́͑̾͘ ̸̡̧̱͓̝̀̈́̒̀̽͝i̴̢̬̜̩̥̾̌̈́͋͆͜n̷̡̛̖͕̜̥̈̃̿̓͝v̶̡̭̳͎͉̀̐̃͂̓͝o̴̢̮̦͎͌̽͐͆̏͜͠k̶̡̳͕̗̫̋̾̐̚͝e̸̢̛̮̥̘̰͛̀̈́̇ ̷͚the hive mind' },
  {
    key: 'h-markup',
    by: 'remote_10@tabula-rasa.example',
    ago: '8h',
    lang: 'en',
    text: '<img src=x onerror=alert(1)> &lt;b&gt; "quotes" \'and\' {{templates}} %{too} ‹and› so on </p></div><!-- hello',
  },
  { key: 'h-invisible', by: 'invisible@freepost.example', ago: '3h', lang: 'en', text: '\u200B\u200B\u2800' },
  {
    key: 'h-emoji',
    by: 'emoji_only@pixelmoor.example',
    ago: '2d',
    lang: 'en',
    text: ':blobdance: :not_an_emoji: :blobdance: 👩🏽‍🚒👨‍👩‍👧‍👦🏴󠁧󠁢󠁳󠁣󠁴󠁿 :blobdance:',
  },
  {
    key: 'h-mixed',
    by: 'hadiqa@bustan.example',
    ago: '30h',
    lang: 'ar',
    text: 'اشتريتُ 3 kg من الـ basil (ريحان) بـ 12.50 € ثم قال البائع: "only today!" وضحكنا. #بستان #حديقة_الجيران',
  },
  {
    key: 'h-long',
    by: 'long_long_long_user_name_that_goes_on_and_on_and_on_until_the_row@physics.university-of-the-far-north.example',
    ago: '40h',
    lang: 'en',
    text: 'Five hundred characters exactly, because the department counts. It is dark here at two in the afternoon and the snow has reached the sill of the seminar room, so the doctoral students have begun to climb in through the window, which the dean calls a fire hazard and I call initiative. The detector heard nothing all week. We celebrate nothing with soup. If you, dear reader, hear anything at all from the direction of the Swan, please write it down on paper, with the time and send it by rail. Ta, A.',
  },
  { key: 'h-spaces', by: 'h_e_l_l@kante.example', ago: '28h', lang: 'en', text: 'a\n\n\n\n\n\n\n\nb' },
]
