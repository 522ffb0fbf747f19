import type { Lang } from '../script.ts'

/** Parts from which the many make a line about themselves, and now and then a post. */
export interface SmallTalk {
  readonly jobs: readonly string[]
  readonly likes: readonly string[]
  /** `{a}` and `{b}` are one of the lists beside, `{n}` is a number from 2 to 48. */
  readonly lines: readonly { readonly text: string; readonly a: readonly string[]; readonly b: readonly string[] }[]
}

/** Everyday posts to draw from, per language. */
export const smalltalk: Readonly<Record<Lang, SmallTalk>> = {
  de: {
    jobs: [
      'Elektrikerin',
      'Gärtner',
      'Altenpflegerin',
      'Busfahrer',
      'Studentin',
      'Rentner',
      'Hebamme',
      'Programmierer',
      'Verkäuferin',
      'Maurer',
      'Kellnerin',
      'Lokführer',
      'Buchhändlerin',
      'Hausmeister an der Grundschule',
      'Optikerin',
      'Vater von vieren',
    ],
    likes: [
      'Schach und Schokolade',
      'Pilze, aber nur mit Bestimmungsbuch',
      'Rudern',
      'Krimis',
      'alte Radios',
      'Brotbacken',
      'Sterne, wenn kein Nebel ist',
      'Handball',
      'Modelleisenbahn',
      'Chor',
      'Wandern',
      'Kaninchen',
      'Vinyl',
      'Flohmärkte',
      'Regen',
      'Kreuzworträtsel mit Kugelschreiber',
    ],
    lines: [
      {
        text: '{a} gekocht, für {n} Tage. {b}',
        a: ['Linsensuppe', 'Grünkohl', 'Gulasch', 'Kartoffelsuppe', 'Apfelmus'],
        b: ['Klingelt ruhig.', 'Ich habe mich verschätzt.', 'Der Hund hofft noch.', 'Die Nachbarn riechen es schon.'],
      },
      {
        text: '{n} Minuten auf {a} gewartet. {b}',
        a: ['die 14', 'den Handwerker', 'die Fähre', 'die Sonne', 'ein Paket'],
        b: [
          'Nette Leute kennengelernt.',
          'Ich beschwere mich nicht, ich stelle nur fest.',
          'Es war ein schöner Vormittag.',
          'Morgen wieder.',
        ],
      },
      {
        text: 'Heute {n} {a} gezählt. {b}',
        a: ['Enten', 'Kraniche', 'Regenschirme', 'Lastkähne', 'offene Fenster'],
        b: ['Eine mehr als gestern.', 'Man muss ja etwas tun.', 'Die Tabelle wächst.', 'Wer bietet mehr?'],
      },
    ],
  },
  en: {
    jobs: [
      'Nurse',
      'Gardener',
      'Clockmaker',
      'Bus driver',
      'Student',
      'Retired teacher',
      'Potter',
      'Carpenter',
      'Baker’s assistant',
      'Ferry hand',
      'Proofreader',
      'Locksmith',
    ],
    likes: [
      'chess',
      'birds before breakfast',
      'second-hand books',
      'bell ringing',
      'soup',
      'long walks, short posts',
      'old maps',
      'vinyl',
      'crosswords in ink',
      'cats from a distance',
      'rain on tin roofs',
      'radio plays',
    ],
    lines: [
      {
        text: 'Made {a} for {n}. {b}',
        a: ['lentil soup', 'marmalade', 'dumplings', 'a very large pie'],
        b: ['We are two.', 'Ring the bell.', 'The dog is hopeful.', 'I may have misread the recipe.'],
      },
      {
        text: 'Waited {n} minutes for {a}. {b}',
        a: ['the 14', 'the ferry', 'the kettle', 'inspiration'],
        b: ['Met nice people.', 'No complaints, just data.', 'Worth it.', 'Same again tomorrow.'],
      },
      {
        text: 'Counted {n} {a} from the window. {b}',
        a: ['ducks', 'umbrellas', 'barges', 'cranes'],
        b: ['A record.', 'One of them counted me.', 'The spreadsheet grows.', 'Slow day.'],
      },
    ],
  },
  fr: {
    jobs: [
      'Infirmière',
      'Menuisier',
      'Institutrice',
      'Batelier',
      'Étudiant',
      'Retraitée',
      'Cuisinier',
      'Couturière',
      'Accordeur',
      'Jardinière',
    ],
    likes: [
      'les échecs',
      'les vieilles cartes',
      'la pluie',
      'le vélo',
      'les romans policiers',
      'le tricot',
      'les oiseaux',
      'la pétanque',
      'le jazz',
      'les confitures',
    ],
    lines: [
      {
        text: '{a} pour {n} personnes. {b}',
        a: ['Soupe', 'Ratatouille', 'Gratin', 'Tarte'],
        b: ['Nous sommes deux.', 'Sonnez sans hésiter.', 'Le chien espère.', 'J’ai mal lu la recette.'],
      },
      {
        text: '{n} minutes à attendre {a}. {b}',
        a: ['le 14', 'le bac', 'le soleil', 'le facteur'],
        b: ['J’ai rencontré du monde.', 'Je ne me plains pas, je compte.', 'On recommence demain.'],
      },
    ],
  },
  es: {
    jobs: [
      'Enfermero',
      'Carpintera',
      'Maestro',
      'Estudiante',
      'Jubilada',
      'Cocinera',
      'Mecánico',
      'Costurera',
      'Jardinero',
    ],
    likes: [
      'el ajedrez',
      'los mapas viejos',
      'la lluvia',
      'las novelas negras',
      'el dominó',
      'los pájaros',
      'la radio',
      'las mermeladas',
      'bailar en la cocina',
    ],
    lines: [
      {
        text: '{a} para {n}. {b}',
        a: ['Lentejas', 'Tortilla', 'Arroz', 'Croquetas'],
        b: ['Somos dos.', 'Llamad al timbre.', 'El perro tiene fe.', 'Leí mal la receta.'],
      },
      {
        text: '{n} minutos esperando {a}. {b}',
        a: ['el 14', 'el transbordador', 'el sol', 'al cartero'],
        b: ['He hecho amigos.', 'No me quejo, cuento.', 'Mañana, otra vez.'],
      },
    ],
  },
  ar: {
    jobs: ['ممرّض', 'نجّار', 'معلّمة', 'طالب', 'متقاعد', 'خبّازة', 'سائق', 'خيّاطة'],
    likes: [
      'أحبّ الشطرنج',
      'أحبّ المطر',
      'أجمع الخرائط القديمة',
      'أراقب الطيور',
      'أقرأ الروايات',
      'أطبخ للجيران',
      'أمشي كثيرًا',
      'أحبّ الراديو',
    ],
    lines: [
      {
        text: 'طبختُ {a} تكفي {n} شخصًا. {b}',
        a: ['شوربة عدس', 'مجدّرة', 'محاشي', 'أرزًّا بالحليب'],
        b: ['ونحن اثنان.', 'دقّوا الباب.', 'القطّ متفائل.'],
      },
      {
        text: 'انتظرتُ {a} {n} دقيقة. {b}',
        a: ['الحافلة ١٤', 'العبّارة', 'الشمس', 'ساعي البريد'],
        b: ['وتعرّفتُ إلى الجيران.', 'لا أشتكي، أُحصي فقط.', 'وغدًا نعيدها.'],
      },
    ],
  },
  ja: {
    jobs: ['看護師', '大工', '教師', '学生', '定年後', '料理人', '運転手', '仕立屋'],
    likes: ['将棋と囲碁', '雨の音', '古い地図', '鳥を見ること', '推理小説', '編み物', '散歩', 'ラジオ'],
    lines: [
      {
        text: '{a}を{n}人分作った。{b}',
        a: ['豚汁', 'カレー', '餃子', '肉じゃが'],
        b: ['うちは二人です。', '玄関を開けておきます。', '犬が期待している。'],
      },
      {
        text: '{a}を{n}分待った。{b}',
        a: ['十四番のバス', '渡し船', '日差し', '郵便'],
        b: ['知り合いが増えた。', '文句ではなく、記録です。', 'また明日。'],
      },
    ],
  },
}
