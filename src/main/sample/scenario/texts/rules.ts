/** What lindenhof.example says about itself, and the six rules its members agree to. */
export const house = {
  domain: 'lindenhof.example',
  title: 'Lindenhof',
  contact: 'noor',
  description:
    'A server for the town of Lindenhof on the Weide and everyone who misses it. Run by five volunteers from the back room of the library. No ads, no algorithm, one coffee machine.',
} as const

/** Text, hint, and the same in the languages of the town. */
export const rules = [
  {
    text: 'Talk to people as if you had to sit next to them on the bus tomorrow.',
    hint: 'No insults, no threats, no sending others after somebody. You may disagree; you may not hunt.',
    translations: {
      de: {
        text: 'Sprich mit anderen, als müsstest du morgen im Bus neben ihnen sitzen.',
        hint: 'Keine Beleidigungen, keine Drohungen, niemanden auf andere hetzen. Widerspruch ist erlaubt, Jagd nicht.',
      },
      fr: {
        text: 'Parlez aux gens comme si vous deviez vous asseoir à côté d’eux dans le bus demain.',
        hint: 'Ni insultes, ni menaces, ni meutes. On peut contredire, on ne chasse pas.',
      },
      es: {
        text: 'Habla con la gente como si mañana tuvieras que sentarte a su lado en el autobús.',
        hint: 'Sin insultos, sin amenazas, sin azuzar a otros contra nadie.',
      },
      ar: {
        text: 'خاطب الناس كأنك ستجلس بجانبهم غدًا في الحافلة.',
        hint: 'لا شتائم ولا تهديد ولا تحريض للناس على أحد.',
      },
      ja: {
        text: '明日バスで隣に座る人だと思って話しましょう。',
        hint: '侮辱、脅し、誰かに人をけしかけることはやめてください。',
      },
    },
  },
  {
    text: 'What happens at home stays at home: no addresses, numbers, private messages, or pictures of children without leave.',
    hint: 'This also holds for people you are angry with, and for things that "everybody knows anyway".',
    translations: {
      de: {
        text: 'Privates bleibt privat: keine Adressen, Nummern, privaten Nachrichten oder Kinderbilder ohne Erlaubnis.',
        hint: 'Auch nicht von Leuten, auf die du wütend bist, und auch nicht, was „eh alle wissen“.',
      },
      fr: {
        text: 'Le privé reste privé : ni adresses, ni numéros, ni messages privés, ni photos d’enfants sans accord.',
        hint: 'Même celles des gens qui vous agacent.',
      },
    },
  },
  {
    text: 'Nobody is less here. No contempt for people because of what they are or where they come from.',
    hint: 'That includes jokes whose only point is the contempt.',
    translations: {
      de: {
        text: 'Hier ist niemand weniger wert. Keine Verachtung für das, was Menschen sind oder woher sie kommen.',
        hint: 'Auch nicht als Witz, wenn die Verachtung der ganze Witz ist.',
      },
      fr: {
        text: 'Personne ne vaut moins ici. Aucun mépris pour ce que sont les gens ni pour leur origine.',
        hint: 'Même en guise de plaisanterie.',
      },
    },
  },
  {
    text: 'No spam, no scams, no advertising at people who did not ask.',
    hint: 'Your own shop, book or concert is welcome now and then. Ten times a day it is not.',
    translations: {
      de: {
        text: 'Kein Spam, kein Betrug, keine Werbung für Leute, die nicht gefragt haben.',
        hint: 'Dein Laden, Buch oder Konzert ab und zu: gern. Zehnmal am Tag: nein.',
      },
      fr: {
        text: 'Pas de spam, pas d’arnaques, pas de publicité pour qui n’a rien demandé.',
        hint: 'Votre boutique ou votre concert de temps en temps, avec plaisir. Dix fois par jour, non.',
      },
    },
  },
  {
    text: 'Put a warning over what is hard to look at: violence, nudity, spiders, the end of a film.',
    hint: 'Blood and cruelty for show are not wanted, with or without a warning.',
    translations: {
      de: {
        text: 'Setz eine Warnung vor alles, was schwer anzusehen ist: Gewalt, Nacktheit, Spinnen, Filmenden.',
        hint: 'Blut und Grausamkeit zur Schau sind auch mit Warnung nicht erwünscht.',
      },
      fr: {
        text: 'Mettez un avertissement devant ce qui est dur à voir : violence, nudité, araignées, fins de films.',
        hint: 'La cruauté en spectacle n’est pas la bienvenue, même avec avertissement.',
      },
    },
  },
  {
    text: 'Be who you say you are. Parody says parody, bots say bot, nobody plays the town hall.',
    hint: 'A made-up name is fine. Somebody else’s name is not.',
    translations: {
      de: {
        text: 'Sei, wer du zu sein behauptest. Parodie heißt Parodie, Bots heißen Bots, niemand spielt das Rathaus.',
        hint: 'Ein erfundener Name ist in Ordnung. Der Name anderer nicht.',
      },
      fr: {
        text: 'Soyez qui vous prétendez être. Une parodie le dit, un robot aussi, et personne ne joue à la mairie.',
        hint: 'Un pseudonyme, oui. Le nom d’autrui, non.',
      },
    },
  },
] as const
