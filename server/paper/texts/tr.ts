/** Made by machine from the Dutch; nobody has read it over yet. */
import type { Comparison } from '../../../instruments/condition-parts.ts'
import type { PaperTexts } from './languages.ts'

export const tr: PaperTexts = {
  case: 'Vaka',
  wave: 'Ölçüm zamanı',
  filledInBy: 'Dolduran',
  about: 'Kimin hakkında',
  study: 'Araştırma',
  list: 'Liste',
  language: 'Dil',
  date: 'Doldurma tarihi',
  standIn: 'Dikkat: bu sorular bu proje için yazıldı (stand-in). Bu, gerçek liste değildir.',
  demonstration: 'Bu, uydurma kişilerle yapılan bir gösterimdir. Sorular ve normlar gerçek değildir.',
  draft: 'Bu çeviriyi bir makine yaptı. Henüz kimse kontrol etmedi.',
  howTo: 'Nasıl doldurulur',
  howToLines: [
    'En uygun cevabın yanındaki yuvarlağa bir çarpı koyun.',
    'Kare varsa birden fazla kareyi işaretleyebilirsiniz.',
    'Yanlış mı işaretlediniz? Üstünü çizin ve doğru cevabı işaretleyin.',
    'Bir cevabı bilmiyor musunuz veya bir şeyi söylemek istemiyor musunuz? O soruyu atlayın.',
    'Bu kâğıda isim yazmayın.',
    'Küçük gri harfler ve rakamlar, bunu daha sonra bilgisayara geçirecek kişi içindir.',
  ],
  contact: (contact) => `Sorunuz mu var? Bize ulaşın: ${contact}`,
  several: 'Uyan her şeyi işaretleyin.',
  needed: 'Bu soru gereklidir.',
  number: 'bir sayı',
  numberBetween: (min, max) => `${min} ile ${max} arasında bir sayı`,
  numberFrom: (min) => `en az ${min} olan bir sayı`,
  numberUpTo: (max) => `en fazla ${max} olan bir sayı`,
  dayMonthYear: 'gün - ay - yıl',
  statement: 'Soru',
  moreRecords: 'Daha fazla var mı? Başka bir kâğıda yazın. Üstüne vakanın kodunu yazın.',
  end: 'Bu son soruydu. Teşekkür ederiz.',
  onlyIf: (conditions) => `Yalnızca ${conditions}.`,
  ifApplies: 'Yalnızca bu sizin için geçerliyse.',
  oneOf: (question, choices) => `${question}. soruya ${choices} cevabını verdiyseniz`,
  noneOf: (question, choices) => `${question}. soruya ${choices} cevabını vermediyseniz`,
  with: (question, choice) => `${question}. soruda ${choice} seçeneğini işaretlediyseniz`,
  without: (question, choice) => `${question}. soruda ${choice} seçeneğini işaretlemediyseniz`,
  compared: (question, by, number) => `${question}. soruya yazdığınız sayı ${amounts[by](number)}`,
  answered: (question) => `${question}. soruya bir şey yazdıysanız`,
  open: (question) => `${question}. soruyu boş bıraktıysanız`,
  back: 'Listelerinize dönün',
  print: 'Yazdır',
  printLead:
    'Liste kâğıtta böyle görünür. Bu web sitesinde daha önce doldurduklarınız kâğıtta yer almaz. Ctrl + P ile de yazdırabilirsiniz.',
}

const amounts: Record<Comparison, (number: number) => string> = {
  '=': (number) => `tam olarak ${number} ise`,
  '<>': (number) => `${number} değilse`,
  '<': (number) => `${number} sayısından küçükse`,
  '>': (number) => `${number} sayısından büyükse`,
  '<=': (number) => `en fazla ${number} ise`,
  '>=': (number) => `en az ${number} ise`,
}
