/** Texts of work on all families of a study: another version, other norms. */
import type { Translation } from '../../ui/texts.ts'

export const workNl = {
  workThis: 'Wat nu loopt',
  workLooking: 'Er wordt bekeken wat er verandert: {done} van {total} gezinnen. Er wordt nog niets gewijzigd.',
  workAdopting:
    'Het onderzoek is over op de nieuwe versie. De gezinnen worden opnieuw gepland: {done} van {total}. U kunt deze pagina verlaten: het gaat door.',
  workRescoring:
    'Nieuwe antwoorden worden met deze normen gescoord. Wat er al was, wordt opnieuw gescoord: {done} van {total} gezinnen. U kunt deze pagina verlaten: het gaat door.',
  workStop: 'Stoppen',
  workGoOn: 'Doorgaan',
  workAdopt: 'Overgaan',
  workRescore: 'Opnieuw scoren',
  workForward:
    'Stoppen kan tussendoor. Wat dan gedaan is, blijft zo: doorgaan kan later, en terug kan door de eerdere keuze opnieuw te maken.',
  workOther: 'In dit onderzoek loopt al ander werk aan alle gezinnen. Wacht tot het klaar is, of stop het.',
  workInterrupted: 'De server is gestopt tijdens het bekijken. Er is niets gewijzigd. Bekijk het opnieuw.',
  workNothingDone: 'Niet gedaan. Er is niets gewijzigd.',
  workAdoptLeft:
    'Gestopt. Het onderzoek is over op de nieuwe versie en {done} van {total} gezinnen zijn ermee gepland. De andere houden hun planning tot er iets aan verandert. Ga door, of ga terug: kies hierboven de eerdere versie.',
  workRescoreLeft:
    'Gestopt. Nieuwe antwoorden worden met deze normen gescoord, en van {done} van {total} gezinnen ook de eerdere. Bij de andere tellen de oude scores nog. Ga door, of ga terug: kies hierboven de eerdere normen.',
  workAdoptDone_one: 'Overgegaan. De planning van {count} gezin veranderde.',
  workAdoptDone_other: 'Overgegaan. De planning van {count} gezinnen veranderde.',
  workRescoreDone_one: 'Klaar. Er kwam {count} score bij. De oude scores blijven bewaard.',
  workRescoreDone_other: 'Klaar. Er kwamen {count} scores bij. De oude scores blijven bewaard.',
  workEarlier: 'Eerder gedaan',
  workIs_under_way: 'loopt nog',
  workIs_done: 'klaar',
  workIs_cancelled: 'gestopt',
  workIs_failed: 'afgebroken door een fout',
  workPlans_one: 'planning van {count} gezin veranderd',
  workPlans_other: 'planning van {count} gezinnen veranderd',
  workScores_one: '{count} score erbij',
  workScores_other: '{count} scores erbij',
  workCommand: 'met een opdracht op de server',
  rescoreTitle: 'Overgaan op andere normen',
  rescoreLead:
    'Nieuwe antwoorden worden dan met deze normen gescoord, en wat er al is opnieuw. De oude scores blijven bewaard. U ziet eerst wat er verandert.',
  rescoreNoOther:
    'Er is geen andere normtabel voor de lijsten van dit onderzoek. Zet die in de map van DEFINITIONS_DIR en start de server opnieuw. U kunt wel laten nakijken of alles met de normen van nu gescoord is.',
  rescoreChoose: 'Normtabellen die gaan gelden',
  rescoreChooseNone: 'Kiest u er geen, dan wordt alleen aangevuld wat nog niet met de normen van nu gescoord is.',
  rescoreCounts:
    'Antwoorden bekeken: {looked}. Daarvan krijgen nieuwe scores: {responses}, samen {scores}. Scores met een ander niveau dan nu: {bands}.',
  rescoreNothing: 'Antwoorden bekeken: {looked}. Er verandert geen score.',
  rescoreNew: 'Wat vanaf nu binnenkomt, wordt met de gekozen normen gescoord.',
  rescoreScale: 'Schaal',
  rescoreFrom: 'Normen nu',
  rescoreTo: 'Normen straks',
  rescoreNone: 'geen',
  rescoreScores: 'Scores',
  rescoreZ: 'Andere z',
  rescoreBands: 'Ander niveau',
  refusedTwoNorms: 'Twee van deze normtabellen zijn voor dezelfde schaal. Kies er een.',
  refusedLostLists: 'Een lijst die is ingevuld, staat niet meer in de map met definities. Zet die terug en start de server opnieuw.',
  refusedOtherwise:
    'Een lijst zou nu anders scoren dan toen die werd ingevuld: de definitie is veranderd. Zet die terug en start de server opnieuw.',
  refusedNotLooked: 'Bekijk eerst wat er verandert.',
  refusedNotStopped: 'Dit loopt nog, of is al klaar.',
} as const

export const workEn: Translation<typeof workNl> = {
  workThis: 'What is under way',
  workLooking: 'What changes is being looked at: {done} of {total} families. Nothing is changed yet.',
  workAdopting:
    'The study has gone over to the new version. The families are planned anew: {done} of {total}. You can leave this page: it goes on.',
  workRescoring:
    'New answers are scored by these norms. What was there is scored anew: {done} of {total} families. You can leave this page: it goes on.',
  workStop: 'Stop',
  workGoOn: 'Go on',
  workAdopt: 'Go over',
  workRescore: 'Score anew',
  workForward: 'It can be stopped half-way. What is done then stays: you can go on later, or go back by making the earlier choice again.',
  workOther: 'Other work on all families of this study is under way. Wait until it is done, or stop it.',
  workInterrupted: 'The server was stopped while this was being looked at. Nothing was changed. Look again.',
  workNothingDone: 'Not done. Nothing was changed.',
  workAdoptLeft:
    'Stopped. The study has gone over to the new version, and {done} of {total} families are planned by it. The others keep their plan until something about it changes. Go on, or go back: choose the earlier version above.',
  workRescoreLeft:
    'Stopped. New answers are scored by these norms, and of {done} of {total} families the earlier ones too. Of the others the old scores still count. Go on, or go back: choose the earlier norms above.',
  workAdoptDone_one: 'Done. The plan of {count} family changed.',
  workAdoptDone_other: 'Done. The plan of {count} families changed.',
  workRescoreDone_one: 'Done. {count} score was added. The old scores are kept.',
  workRescoreDone_other: 'Done. {count} scores were added. The old scores are kept.',
  workEarlier: 'Done before',
  workIs_under_way: 'under way',
  workIs_done: 'done',
  workIs_cancelled: 'stopped',
  workIs_failed: 'ended by an error',
  workPlans_one: 'the plan of {count} family changed',
  workPlans_other: 'the plan of {count} families changed',
  workScores_one: '{count} score added',
  workScores_other: '{count} scores added',
  workCommand: 'with a command on the server',
  rescoreTitle: 'Go over to other norms',
  rescoreLead:
    'New answers are then scored by these norms, and what is there is scored anew. The old scores are kept. You see first what changes.',
  rescoreNoOther:
    'There is no other norm table for the lists of this study. Put it into the folder of DEFINITIONS_DIR and restart the server. You can have it checked whether everything is scored by the norms of now.',
  rescoreChoose: 'Norm tables that are to count',
  rescoreChooseNone: 'If you choose none, only what is not scored by the norms of now yet is made up for.',
  rescoreCounts:
    'Answers looked at: {looked}. Of these get new scores: {responses}, together {scores}. Of these scores with another band than now: {bands}.',
  rescoreNothing: 'Answers looked at: {looked}. No score changes.',
  rescoreNew: 'What comes in from now on is scored by the norms that you chose.',
  rescoreScale: 'Scale',
  rescoreFrom: 'Norms now',
  rescoreTo: 'Norms then',
  rescoreNone: 'none',
  rescoreScores: 'Scores',
  rescoreZ: 'Another z',
  rescoreBands: 'Another band',
  refusedTwoNorms: 'Two of these norm tables are for the same scale. Choose one.',
  refusedLostLists: 'A list that was answered is not in the folder of definitions any more. Put it back and restart the server.',
  refusedOtherwise:
    'A list would score otherwise now than when it was answered: its definition has changed. Put it back and restart the server.',
  refusedNotLooked: 'Look first at what it changes.',
  refusedNotStopped: 'This is still under way, or done already.',
}
