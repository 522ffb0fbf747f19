import type { Lang } from '../script.ts'

/** What ordinary people of one language are made from. Names are pairs: as shown, and as a user name (ASCII). */
export interface Pool {
  readonly given: readonly (readonly [shown: string, user: string])[]
  readonly family: readonly (readonly [shown: string, user: string])[]
  readonly bios: readonly string[]
  readonly posts: readonly string[]
  readonly reasons: readonly string[]
}

const plain = (words: string): (readonly [string, string])[] =>
  words.split(' ').map(word => [
    word,
    word
      .toLowerCase()
      .normalize('NFD')
      .replace(/ß/g, 'ss')
      .replace(/[^a-z0-9]/g, ''),
  ])
const pairs = (words: string): (readonly [string, string])[] =>
  words.split(' ').map(word => {
    const [user = '', shown = ''] = word.split('=')
    return [shown, user]
  })

/** Names and words to draw from, per language. */
export const pools: Readonly<Record<Lang, Pool>> = {
  de: {
    given: plain(
      'Anke Bernd Carla Detlef Elif Frieda Gregor Hanne Ingo Jette Kerstin Lorenz Mirko Nadja Ole Petra Quirin Ruth Silke Thore Ursel Volker Wiebke Xaver Yvonne Zita',
    ),
    family: plain(
      'Ahrens Bruckner Clasen Dietz Eberle Färber Gruber Hartung Imhoff Jansen Kessler Löwe Mertens Niemann Ostermann Pfeiffer Quandt Reuter Stein Thiele Ulrich Vogel Weidner Ziegler',
    ),
    bios: [
      'Lesen, laufen, liegen.',
      'Drei Kinder, zwei Katzen, ein Kaffee nach dem anderen.',
      'Arbeite bei der Bahn. Ja, ich weiß.',
      'Schreiner. Holz verzeiht mehr als Menschen.',
      'Neu in der Stadt, alt genug für Kompost.',
      'Ich bin nur wegen des Pegels hier.',
      'Hobbyastronomin im dunkelsten Teil der Weberstraße.',
      'Fußball, zweite Kreisklasse, dritte Halbzeit.',
      'Lehrer. Bitte nicht nach den Ferien fragen.',
      'Zugezogen 1994. Gilt immer noch als neu.',
      'Posaunenchor und Pannenhilfe.',
      '',
    ],
    posts: [
      'Nebel über der Weide, so dicht, dass die Enten klingeln.',
      'Wer hat heute Nacht die Straßenlaterne vor der Nummer 11 repariert? Danke, unbekannte Person mit Leiter.',
      'Suche: eine Säge. Biete: einen Apfelkuchen, in den man sie nicht einbacken muss.',
      'Der Aufzug in der Bibliothek sagt jetzt „Erdgeschoss“, als wäre es eine Enttäuschung.',
      'Mein Kind hat im Kindergarten erzählt, ich sei „beim Internet“. Ich arbeite im Kabelbau.',
      'Erster Frost. Die Tomaten haben es nicht kommen sehen.',
      'Fundsache am Gerberufer: ein linker Handschuh, grün, mit Charakter.',
      'Heute im Bus 14 hat jemand laut „Danke“ gesagt, und alle haben sich umgedreht.',
      'Ich habe ein Buch zurückgegeben, das ich 1998 ausgeliehen hatte. Die Frau am Schalter sagte: „Und, gut?“',
      'Der Bäcker hat gewechselt, die Warteschlange ist geblieben.',
      'Sonntag Flohmarkt am Kornmarkt. Ich verkaufe Dinge, die ich letztes Jahr dort gekauft habe.',
      'Frage an alle: Rosenkohl ja oder nein? (Es gibt eine richtige Antwort.)',
      'Die Glocke der Gerberkirche geht seit gestern vier Minuten vor, und ich war zum ersten Mal pünktlich.',
      'Kleine Meldung: Das Rotkehlchen ist wieder da.',
      'Wer war gestern auf dem Konzert in der Färberei? Ich habe immer noch Gänsehaut und einen Ohrwurm.',
      'Wenn die Fähre bei diesem Wind fährt, dann nur wegen Dee.',
    ],
    reasons: ['Meine Schwester ist schon hier.', 'Ich komme vom Square und suche Ruhe.'],
  },
  en: {
    given: plain(
      'Alma Bertie Cleo Desmond Effie Femi Greta Hamish Isla Jasper Keira Lionel Maeve Ngozi Orla Percy Quinn Rosa Silas Thea Umar Vivian Winnie Yusuf',
    ),
    family: plain(
      'Abbott Bell Carrow Dunne Ellery Finch Grady Hollis Ives Jardine Kemp Lowry Moss Nettle Oakes Pell Rook Sable Tarn Underhill Vane Wren',
    ),
    bios: [
      'Tea first, then opinions.',
      'Translator. I live between two dictionaries.',
      'Amateur beekeeper, professional worrier.',
      'Dad jokes in three languages.',
      'I fix organs. The church kind.',
      'Came for a year, stayed for the bread.',
      'Cartographer of puddles.',
      'Posting from the slow train.',
      'Retired. Busier than ever.',
      '',
    ],
    posts: [
      'The library radiator sings in B flat. I have tuned my cello to it.',
      'Overheard on the 14: "He is not lost, he is early."',
      'Reminder that the tide tables are wrong and the gauge is right.',
      'I have bought a second-hand globe. Three countries on it no longer exist and one of them is mine.',
      'My neighbour is practising the tuba again. It is going well, and I am going out.',
      'Small joys: somebody had sharpened all the pencils in the reading room.',
      'Day four without the Square. I read a whole book. It had an ending and everything.',
      'The new bakery makes a bun called "Regret". I have had two.',
      'To whoever left the umbrella on the ferry: it has been adopted.',
      'We planted eighty bulbs where the phone box was. See you in April.',
      'I taught my father to use the search. He has searched for himself and is disappointed.',
      'Autumn is just the trees clearing their inbox.',
      'Choir tonight. Bring a pencil and low expectations.',
      'The moon came up so large tonight that a man in my street apologised to it.',
    ],
    reasons: ['A friend is here.', 'Leaving the Square.'],
  },
  fr: {
    given: plain(
      'Aurélie Bastien Colette Damien Élodie Firmin Gaëlle Hervé Inès Joël Karine Loïc Manon Noé Océane Pascal Rémi Solène Thibault Yvette',
    ),
    family: plain(
      'Arnaud Besson Chabert Delmas Estève Faure Garnier Huet Jourdan Lambert Marchand Navarre Olivier Perrin Roux Sabatier Tissier Vidal',
    ),
    bios: [
      'Je marche, donc j’arrive.',
      'Libraire le matin, tricoteuse le soir.',
      'Traduction, tisane, tarot.',
      'Ancien facteur. Je connais tous les chiens.',
      'Ici pour les péniches.',
      '',
    ],
    posts: [
      'Le marché ce matin : trois sortes de courges, quatre sortes de ragots.',
      'Ma grand-mère disait que la Weide monte quand on parle d’elle. Alors chut.',
      'J’ai réparé la sonnette. Plus personne ne vient.',
      'À la médiathèque, un monsieur lit le journal à voix haute, et personne n’ose lui dire qu’il est d’hier.',
      'Petit bonheur : la première clémentine sans pépin.',
      'Le pain s’appelle « Regret » et la file d’attente s’appelle « on n’apprend jamais ».',
      'Vu sous le pont : deux cygnes en plein désaccord.',
      'Dimanche, atelier photo à l’écluse. Apportez une boîte, je fournis le trou.',
      'Le brouillard a rendu la ville très discrète.',
      'Qui a laissé un parapluie à la boulangerie ? Gaston le garde.',
    ],
    reasons: ['Une amie est ici.'],
  },
  es: {
    given: plain(
      'Alba Bruno Carmen Diego Elvira Fabio Gloria Hugo Irene Julia Lola Marcos Nieves Olmo Paco Rocío Sergio Teo Vega Yago',
    ),
    family: plain(
      'Aguilar Benítez Campos Durán Espino Fuentes Gálvez Herrera Ibáñez Lozano Molina Navas Olmedo Prieto Robles Salas Tejada Vera',
    ),
    bios: [
      'Contralto por vocación, contable por necesidad.',
      'Vine por amor, me quedé por el río.',
      'Paseo perros ajenos.',
      'Aprendiendo alemán a golpes de panadería.',
      '',
    ],
    posts: [
      'Hoy la niebla se ha comido el puente y lo ha devuelto a las once.',
      'Mi perro ha aprendido a esperar el autobús. No sabemos adónde va.',
      'El pan se llama «Arrepentimiento». Me llevo dos.',
      'Ensayo esta tarde. La cuarta voz sigue buscándose a sí misma.',
      'He plantado ajos con la luna equivocada y me da igual.',
      '¿Alguien más oye el órgano a las cuatro? ¿O soy yo?',
      'La bibliotecaria me ha sonreído. Devolví los libros a tiempo por primera vez en mi vida.',
      'Cosas que echo de menos de la otra plaza: nada, y a mi prima, pero ya está aquí.',
    ],
    reasons: ['Canto en el coro.'],
  },
  ar: {
    given: pairs(
      'layla=ليلى omar=عمر huda=هدى salim=سليم rania=رانيا bassam=بسّام dana=دانة fares=فارس ghada=غادة hani=هاني jana=جنى karim=كريم mona=منى nabil=نبيل rula=رلى ziad=زياد',
    ),
    family: pairs(
      'haddad=الحدّاد najjar=النجّار khoury=الخوري saleh=صالح mansour=منصور darwish=درويش qasim=قاسم tahan=الطحّان zahra=زهرة sabbagh=الصبّاغ',
    ),
    bios: [
      'قهوة سادة وكلام قليل.',
      'أزرع النعنع على الشرفة.',
      'طالبة هندسة، أرسم الجسور قبل أن أعبرها.',
      'أكتب بالعربية وأحلم بها.',
      '',
    ],
    posts: [
      'الضباب اليوم كثيف حتى إن الجسر نسي ضفّته الأخرى.',
      'علّمتُ ابنتي اسم النهر، فسألتني إن كان النهر يعرف اسمها.',
      'رائحة الخبز من المخبز الجديد توقظ الشارع كلّه قبل المنبّه.',
      'في الحافلة ١٤ قال رجل "شكرًا" فالتفت الجميع مبتسمين.',
      'نبحث عمّن يعيرنا سُلّمًا، ونعيره صحن كنافة.',
      'أوّل صقيع هذا العام. غطّينا شجرة الليمون ببطّانية جدّتي.',
      'الجار يتدرّب على العزف، ونحن نتدرّب على الصبر.',
      'أعدتُ الكتاب إلى المكتبة وفي داخله ورقة نعناع. سامحوني.',
    ],
    reasons: ['جيراني هنا.'],
  },
  ja: {
    given: pairs(
      'akari=灯 haruto=陽斗 chihiro=千尋 daichi=大地 emi=恵美 fumika=文香 goro=五郎 hinata=ひなた itsuki=樹 kanae=かなえ minato=湊 nagisa=渚 rin=凛 sota=蒼太 tsubasa=翼 yui=結衣',
    ),
    family: pairs(
      'aoki=青木 fujii=藤井 hara=原 ishida=石田 kubo=久保 morita=森田 nakano=中野 ogawa=小川 sakai=酒井 ueda=上田',
    ),
    bios: ['川と猫と本。', '写真は下手です。', 'パン屋の二階に住んでいます。', '静かなところが好き。', ''],
    posts: [
      '霧で橋が見えない。鴨の声だけ聞こえる。',
      'パン屋の新作は「後悔」という名前。二つ買った。',
      '図書館の暖房が変ロ長調で鳴っている。',
      '十四番のバスで「ありがとう」と言う人がいて、みんな振り向いた。',
      '初霜。植木鉢に毛布をかけた。',
      '水位ボットが「こんにちは」と言った。少し泣いた。',
      '隣の人がチューバを練習している。上手になってきたのが寂しい。',
      '今日の猫：郵便受けの中。',
    ],
    reasons: ['友人がいます。'],
  },
}

/** Tags that people of the town use now and then. */
export const townTags: readonly string[] = ['arrivals', 'Lindenhof', 'Weide', 'hens', 'Straßennamen', 'bread', 'Nebel']
