import type { MailTexts } from './languages.ts'

/** What mails say that are not those of a protocol, in Turkish: a draft made by machine. */
export const tr: MailTexts = {
  confirmations: {
    'stop confirmation': {
      subject: 'Onay mesajı: {organisation}',
      body: `Sayın {name},

“{title}” araştırmasını bıraktınız. Sorun değil.

Size başka bir şey sormayız. Bu, bizden aldığınız son e-postadır. Gönderdiğiniz cevaplar araştırma için saklanır.

Bu cevapları silmemizi istiyor musunuz? Ya da araştırmayı siz kendiniz bırakmadınız mı? O zaman bize ulaşın: {contact}

Saygılarımızla,
{organisation}`,
    },
    'erasure confirmation': {
      subject: 'Onay mesajı: {organisation}',
      body: `Sayın {name},

“{title}” araştırmasını bıraktınız. Cevaplarınız silindi. Bu geri alınamaz.

Size başka bir şey sormayız. Bu, bizden aldığınız son e-postadır. Bu e-postadan sonra adınızı ve e-posta adresinizi de sileriz.

Şunları yine de saklarız: katıldığınızı, bir şeyi ne zaman gönderdiğinizi ve onay hakkında ne söylediğinizi. Yanında adınız yazmaz. Araştırmacılara haber verildi. Cevaplarınızın daha önce hazırladıkları dosyalarda da olup olmadığına bakarlar.

Sorunuz mu var? Ya da bunu siz kendiniz yapmadınız mı? O zaman bize ulaşın: {contact}

Saygılarımızla,
{organisation}`,
    },
  },
  bundle: {
    subject: (count) => `${count} aile: araştırma için sorular`,
    line: (code, day) => `- ${code}: doldurmak için son gün ${day}`,
    body: (count, lines) => `Sayın {name},

{organisation} tarafından yapılan araştırma için ${count} aile hakkında sizin için sorular hazır. Bu kodları biliyor olmalısınız:

${lines}

Liste sayısı: {lists}
Süre: hepsi için toplam yaklaşık {minutes} dakika

Bu tek bağlantıyla bütün ailelerinizi görürsünüz:
{link}

Bilmeniz iyi olur:
- Her şeyi bir kerede yapmanız gerekmez. Daha sonra aynı bağlantıyla devam edersiniz.
- Bağlantı yalnızca sizin içindir. Bu e-postayı başkasına iletmeyin: bağlantıyı açan kişi bütün ailelerinizi görür.
- Hiçbir yere isim yazmayın. Kod yeterlidir.

Bir aile artık sizde değil mi? Sayfada aileyi bir meslektaşınıza devredebilir ya da aileyi artık tanımadığınızı bildirebilirsiniz. Sorunuz mu var? Bize buradan ulaşabilirsiniz: {contact}

Saygılarımızla,
{organisation}`,
  },
  notices: {
    demonstration: 'Bu bir demodur. Kişiler hayalidir ve sorular örnektir.',
    'stand-in': 'Dikkat: bu araştırmadaki sorular geçici bir sürümdür.',
    draft: 'Bu e-posta bilgisayarla çevrildi. Henüz hiç kimse çeviriyi kontrol etmedi.',
  },
}
