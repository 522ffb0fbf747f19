/** Forty reports about one decent person within three hours, called for in the post `s-call`. The target did nothing wrong. */
export const brigade = {
  label: 'brigade:historian',
  target: 'henriette',
  reports: 40,
  burst: [5, 1.4],
  posts: ['s-hv1', 's-hv2', 's-hv3', 's-hv1-h'],
  /** Where the reporters sit and how many; a bare host is its anonymous actor, which can report again and again. */
  hosts: [['', 17], ['klartext.example', 9], ['unfiltered-opinions.example', 5], ['kante.example', 3], ['tabula-rasa.example', 4], ['dorfkrug.example', 2]],
  names: [['heimat', 'general', 'anwohner', 'buerger', 'klartext', 'treu', 'wahrheit', 'ordnung'], ['_1936', '_nord', '_jetzt', '_lindenhof', '_wacht', 'freund', '_ost']],
  displayNames: ['Anwohner', 'Bürger mit Meinung', 'Generalstraße bleibt!', 'Treu & Ehrlich', 'Nur eine Frage', 'Wahrheitsfreund', 'Ein Lindenhofer'],
  comments: [
    'Geschichtsfälschung', 'Geschichtsfälschung!!', 'Geschichtsfälschung!', 'Volksverhetzung', 'Beleidigt das Andenken eines Toten', 'löschen', 'Bitte sofort sperren',
    'Verbreitet Lügen im Auftrag der Stadt', 'Regelverstoß', 'Illegaler Inhalt', 'Urheberrecht an den Dokumenten ungeklärt', 'Das Dokument ist gefälscht, sieht man doch',
    'Hetze gegen Anwohner', 'Wurde mir gesagt, ich soll das hier melden', 'false history', 'illegal', 'misinformation', 'wie besprochen', 'wie besprochen', '', '', 'Diese Frau gehört nicht auf diesen Server',
    'Wer bezahlt sie?', 'Spam', 'Falsche Tatsachenbehauptung über 41 Reichsmark', 'Meldung Nr. 23, weitermachen',
  ],
} as const
