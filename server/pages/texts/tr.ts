import type { PageTexts } from './languages.ts'

/** What the pages that the server draws itself say in Turkish: a draft made by machine. No case ending follows a name. */
export const tr: PageTexts = {
  languageName: 'Türkçe',
  language: 'Dil',
  help: "Şu anda yardıma mı ihtiyacınız var? Hemen bir tehlike varsa 112'yi arayın. Evde güvende değil misiniz? Veilig Thuis'i arayın: 0800 2000. Ücretsizdir, gece gündüz arayabilirsiniz.",
  quickExit: 'Hemen çık',
  quickExitKey: "Ya da iki kez Esc'e basın.",
  doorTitle: (organisation) => `Soru listeleri: ${organisation}`,
  doorGreeting: 'İyi ki geldiniz.',
  doorLead: (organisation) =>
    `${organisation} soru listeleri doldurmanızı rica ediyor. Önce ne hakkında olduğunu okursunuz. Sonra katılıp katılmamayı seçersiniz.`,
  doorPrivate: 'Bu bağlantı yalnızca sizin içindir. Bağlantıyı başkalarına vermeyin.',
  doorButton: 'İleri',
  contact: (contact) => `Sorunuz mu var? Bize ulaşın: ${contact}`,
  demonstration: 'Bu, hayali kişilerle hazırlanmış bir demodur. Sorular ve normlar gerçek olanlar değildir.',
  stoppedTitle: 'Artık katılmıyorsunuz',
  stopped: 'Tamam. Size başka bir şey sormayız ve bizden artık e-posta almazsınız.',
  stoppedBack: (contact) => `Yine de yeniden katılmak mı istiyorsunuz? O zaman bize ulaşın: ${contact}`,
  eraseLead: 'Gönderdiğiniz cevaplar hâlâ saklanıyor. Bunu istemiyor musunuz?',
  eraseButton: 'Cevaplarımı sil',
  erased: 'Cevaplarınız silindi.',
  handedOverTitle: 'Bunu sizden başka biri devraldı',
  handedOver: 'Bu aile hakkında size başka bir şey sormayız. Gönderdikleriniz saklanır. Bunun için teşekkür ederiz.',
  handedOverBack: (contact) => `Bu doğru değil mi? O zaman bize ulaşın: ${contact}`,
  notAskedTitle: 'Burada size bir şey sormuyoruz',
  notAsked: 'Burada bir şey doldurmanız gerekmiyor. Bizden başka bir e-posta daha aldınız mı? O zaman o e-postadaki bağlantıyı kullanın.',
  notAskedBack: (contact) => `Sorunuz mu var? Ya da adınızı ve adresinizi silmemizi mi istiyorsunuz? O zaman bize ulaşın: ${contact}`,
  remindersTitle: 'Artık hatırlatma istemiyor musunuz?',
  reminders: (organisation) =>
    `O zaman artık hatırlatma almazsınız (gönderen: ${organisation}). Katılmaya devam edersiniz. Yeni bir soru listesi olursa bağlantıyla birlikte yine tek bir e-posta alırsınız.`,
  remindersButton: 'Artık hatırlatma istemiyorum',
  remindersStoppedTitle: 'Artık hatırlatma almazsınız',
  remindersStopped:
    'Tamam. Yine de katılmaya devam ediyorsunuz. Yeni bir soru listesi olursa bağlantıyla birlikte tek bir e-posta alırsınız.',
  remindersAgain: 'Yine hatırlatma istiyorum',
  remindersWantedTitle: 'Yeniden hatırlatma alacaksınız',
  remindersWanted: 'Teşekkür ederiz. Bir soru listesi henüz doldurulmadıysa bir hatırlatma alırsınız.',
  linkUnknownTitle: 'Bu bağlantıyı tanımıyoruz',
  linkUnknown:
    'Belki bağlantı tam olarak gelmedi. Bağlantıyı e-postadan bir kez daha açın. Yine olmuyor mu? E-postaya cevap yazın ve yeni bir bağlantı isteyin.',
  linkExpiredTitle: 'Bu bağlantı artık geçerli değil',
  linkExpired:
    'Cevap verme süresi geçti. Bizden daha sonra bir e-posta daha aldınız mı? O zaman en yeni e-postadaki bağlantıyı açın. Yoksa hiçbir şey yapmanız gerekmez. Araştırmayı bırakmak ya da cevaplarınızı sildirmek mi istiyorsunuz? O zaman e-postaya cevap yazın.',
  foreignTitle: 'E-postanızdaki bağlantıyı açın',
  foreign: 'Buraya başka bir internet sitesinden geldiniz. Bu mümkün değil. Bağlantıyı e-postadan bir kez daha açın.',
  notFoundTitle: 'Bu sayfa yok',
  notFound: 'Bizden bir e-posta aldınız mı? O zaman o e-postadaki bağlantıyı açın.',
  troubleTitle: 'Bir sorun oldu',
  trouble: 'Sorun bizden kaynaklanıyor. Daha önce doldurduklarınız saklandı. Birkaç dakika sonra bir kez daha deneyin.',
  draft: 'Bu çeviri bilgisayarla yapıldı. Henüz hiç kimse çeviriyi kontrol etmedi.',
}
