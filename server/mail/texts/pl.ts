import type { MailTexts } from './languages.ts'

const plural = new Intl.PluralRules('pl')

/** Two, three and four families are "rodziny", five and more "rodzin". */
const families = (count: number): string => (plural.select(count) === 'few' ? 'rodziny' : 'rodzin')

/** What mails say that are not those of a protocol, in Polish: a draft made by machine. */
export const pl: MailTexts = {
  confirmations: {
    'stop confirmation': {
      subject: 'Potwierdzenie: {organisation}',
      body: `Dzień dobry, {name},

Nie bierze już Pan/Pani udziału w badaniu „{title}”. To w porządku.

Nie będziemy już o nic pytać. To ostatni e-mail od nas. Wysłane już odpowiedzi zostaną zachowane na potrzeby badania.

Chce Pan/Pani, żebyśmy usunęli te odpowiedzi? Albo to nie była Pana/Pani rezygnacja? Proszę o kontakt z nami: {contact}

Z poważaniem
{organisation}`,
    },
    'erasure confirmation': {
      subject: 'Potwierdzenie: {organisation}',
      body: `Dzień dobry, {name},

Nie bierze już Pan/Pani udziału w badaniu „{title}”. Odpowiedzi zostały usunięte. Tego nie można cofnąć.

Nie będziemy już o nic pytać. To ostatni e-mail od nas. Po nim usuniemy też Pana/Pani nazwisko i adres e-mail.

Zachowamy jeszcze informację o Pana/Pani udziale, o tym, kiedy coś wysłano, i o decyzji w sprawie zgody. Nie ma przy tym nazwiska. Badacze dostali wiadomość. Sprawdzą, czy Pana/Pani odpowiedzi są też w plikach, które zrobili wcześniej.

Ma Pan/Pani pytania? Albo ktoś inny zrobił to bez Pana/Pani wiedzy? Proszę o kontakt z nami: {contact}

Z poważaniem
{organisation}`,
    },
  },
  bundle: {
    subject: (count) => `${count} ${families(count)}: pytania do badania`,
    line: (code, day) => `- ${code}: można wypełnić do ${day} włącznie`,
    body: (count, lines) => `Dzień dobry, {name},

W ramach badania, które prowadzi {organisation}, czekają na Pana/Panią pytania. Liczba rodzin: ${count}. Te kody powinny być Panu/Pani już znane:

${lines}

Liczba ankiet: {lists}
Czas: około {minutes} minut na wszystko razem

Pod tym jednym linkiem widać wszystkie te rodziny:
{link}

Warto wiedzieć:
- Nie trzeba robić wszystkiego naraz. Później można kontynuować, otwierając ten sam link.
- Ten link jest tylko dla Pana/Pani. Proszę nie przesyłać tego e-maila dalej: kto otworzy link, zobaczy wszystkie te rodziny.
- Proszę nigdzie nie wpisywać imion ani nazwisk. Kod wystarczy.

Nie zajmuje się już Pan/Pani którąś rodziną? Na stronie można ją przekazać innej osobie z pracy albo zgłosić, że jej Pan/Pani już nie zna. Pytania? Proszę o kontakt: {contact}

Z poważaniem
{organisation}`,
  },
  notices: {
    demonstration: 'To jest wersja pokazowa. Osoby są wymyślone, a pytania są przykładami.',
    'stand-in': 'Uwaga: pytania w tym badaniu to wersja tymczasowa.',
    draft: 'Ten e-mail przetłumaczył komputer. Nikt jeszcze nie sprawdził tłumaczenia.',
  },
}
