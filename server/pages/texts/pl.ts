import type { PageTexts } from './languages.ts'

/** What the pages that the server draws itself say in Polish: a draft made by machine. */
export const pl: PageTexts = {
  languageName: 'Polski',
  language: 'Język',
  help: 'Potrzebuje Pan/Pani teraz pomocy? Jeśli jest bezpośrednie niebezpieczeństwo, proszę dzwonić pod numer 112. W domu nie jest bezpiecznie? Proszę zadzwonić do Veilig Thuis: 0800 2000. To bezpłatne, przez całą dobę.',
  quickExit: 'Szybkie wyjście',
  quickExitKey: 'Lub dwa razy Esc.',
  doorTitle: (organisation) => `Ankiety: ${organisation}`,
  doorGreeting: 'Dzień dobry, dobrze, że Pan/Pani tu jest.',
  doorLead: (organisation) =>
    `${organisation} prosi Pana/Panią o wypełnienie ankiet. Najpierw można przeczytać, o co chodzi. Potem Pan/Pani decyduje, czy bierze udział.`,
  doorPrivate: 'Ten link jest tylko dla Pana/Pani. Proszę nie dawać go innym.',
  doorButton: 'Dalej',
  contact: (contact) => `Pytania? Proszę o kontakt: ${contact}`,
  demonstration: 'To jest wersja pokazowa z wymyślonymi osobami. Pytania i normy nie są prawdziwe.',
  stoppedTitle: 'Nie bierze już Pan/Pani udziału',
  stopped: 'To w porządku. Nie będziemy już o nic pytać ani wysyłać e-maili.',
  stoppedBack: (contact) => `Chce Pan/Pani jednak znowu brać udział? Proszę o kontakt z nami: ${contact}`,
  eraseLead: 'Wysłane już odpowiedzi są nadal zachowane. Nie chce Pan/Pani tego?',
  eraseButton: 'Usuń moje odpowiedzi',
  erased: 'Pana/Pani odpowiedzi zostały usunięte.',
  handedOverTitle: 'Przejęła to od Pana/Pani inna osoba',
  handedOver: 'Nie będziemy już o nic pytać w sprawie tej rodziny. Wysłane już odpowiedzi zostaną zachowane. Dziękujemy za nie.',
  handedOverBack: (contact) => `To pomyłka? Proszę o kontakt z nami: ${contact}`,
  remindersTitle: 'Nie chce Pan/Pani już przypomnień?',
  reminders: (organisation) =>
    `Wtedy ${organisation} nie będzie już wysyłać przypomnień. Nadal bierze Pan/Pani udział. Będzie nowa ankieta? Wtedy przyjdzie jeszcze jeden e-mail z linkiem.`,
  remindersButton: 'Bez przypomnień',
  remindersStoppedTitle: 'Nie będzie już przypomnień',
  remindersStopped: 'To w porządku. Nadal bierze Pan/Pani udział. Będzie nowa ankieta? Wtedy przyjdzie jeden e-mail z linkiem.',
  remindersAgain: 'Jednak chcę przypomnienia',
  remindersWantedTitle: 'Przypomnienia będą znowu przychodzić',
  remindersWanted: 'Dziękujemy. Przypomnienie przyjdzie, jeśli ankieta nie będzie jeszcze wypełniona.',
  linkUnknownTitle: 'Nie znamy tego linku',
  linkUnknown:
    'Może link nie został przeniesiony w całości. Proszę jeszcze raz otworzyć link z e-maila. Nadal się nie udaje? Proszę odpowiedzieć na e-mail i poprosić o nowy link.',
  linkExpiredTitle: 'Ten link jest już nieważny',
  linkExpired:
    'Czas na odpowiedź minął. Przyszedł później jeszcze jakiś e-mail od nas? Wtedy proszę otworzyć link w najnowszym e-mailu. Jeśli nie, nie trzeba nic robić. Chce Pan/Pani zrezygnować z badania albo usunąć odpowiedzi? Wtedy proszę odpowiedzieć na e-mail.',
  foreignTitle: 'Proszę otworzyć link w e-mailu',
  foreign: 'To wejście z innej strony internetowej. Tak się nie da. Proszę jeszcze raz otworzyć link z e-maila.',
  notFoundTitle: 'Nie ma takiej strony',
  notFound: 'Przyszedł e-mail od nas? Proszę otworzyć link z tego e-maila.',
  troubleTitle: 'Coś poszło nie tak',
  trouble: 'To nasza wina. To, co wypełniono wcześniej, jest zachowane. Proszę spróbować ponownie za kilka minut.',
  draft: 'To tłumaczenie zrobił komputer. Nikt go jeszcze nie sprawdził.',
}
