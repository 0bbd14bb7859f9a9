/** What mails say that are not those of a protocol: what they say is what this program does. Dutch at level B1. */
export const nl = {
  /** Mails that confirm what a participant did. Subjects say nothing that somebody who sees them in passing should not know. */
  confirmations: {
    'stop confirmation': {
      subject: 'Bevestiging van {organisation}',
      body: `Beste {name},

U bent gestopt met het onderzoek “{title}”. Dat is goed.

Wij vragen u niets meer. Dit is de laatste mail die u van ons krijgt. Antwoorden die u al verstuurde, blijven bewaard voor het onderzoek.

Wilt u dat wij die antwoorden wissen? Of bent u niet zelf gestopt? Neem dan contact met ons op: {contact}

Met vriendelijke groet,
{organisation}`,
    },
    'erasure confirmation': {
      subject: 'Bevestiging van {organisation}',
      body: `Beste {name},

U bent gestopt met het onderzoek “{title}”. Uw antwoorden zijn gewist. Dat kan niet meer ongedaan worden gemaakt.

Wij vragen u niets meer. Dit is de laatste mail die u van ons krijgt. Na deze mail wissen wij ook uw naam en uw mailadres.

Dit bewaren wij nog wel: dat u meedeed, wanneer u iets verstuurde en wat u zei over toestemming. Uw naam staat daar niet bij. De onderzoekers hebben bericht gekregen. Zij kijken of uw antwoorden ook staan in bestanden die zij al eerder maakten.

Heeft u vragen? Of heeft u dit niet zelf gedaan? Neem dan contact met ons op: {contact}

Met vriendelijke groet,
{organisation}`,
    },
  },
  /** A mail about several cases at once: `count` of them, two at least. */
  bundle: {
    subject: (count: number) => `${count} gezinnen: vragen voor het onderzoek`,
    /** Of one case: its code and the last day on which one can answer. */
    line: (code: string, day: string) => `- ${code}: invullen kan tot en met ${day}`,
    body: (count: number, lines: string) => `Beste {name},

Voor het onderzoek van {organisation} staan er vragen voor u klaar over ${count} gezinnen. U kent deze codes als het goed is al:

${lines}

Aantal lijsten: {lists}
Tijd: ongeveer {minutes} minuten voor alles samen

Met deze ene link ziet u al uw gezinnen:
{link}

Goed om te weten:
- U hoeft niet alles in één keer te doen. Later gaat u verder met dezelfde link.
- De link is alleen voor u. Stuur deze mail niet door: wie de link opent, ziet al uw gezinnen.
- Schrijf nergens namen op. De code is genoeg.

Is een gezin niet meer bij u? Op de pagina kunt u het overdragen aan een collega, of laten weten dat u het niet meer kent. Vragen? U kunt bij ons terecht: {contact}

Met vriendelijke groet,
{organisation}`,
  },
  /** The last line of a mail, where it has something to own up to. */
  notices: {
    demonstration: 'Dit is een demonstratie. De mensen zijn verzonnen en de vragen zijn voorbeelden.',
    'stand-in': 'Let op: de vragen in dit onderzoek zijn een voorlopige versie.',
    /** Of a mail in a translation that nobody has read over. */
    draft: 'Deze mail is door een computer vertaald. Nog geen mens heeft de vertaling nagekeken.',
  },
}
