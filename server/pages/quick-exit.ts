/**
 * The script of pages that the server draws, for leaving in a hurry: by the link, or by pressing Escape twice. What is on the page
 * goes at once, and the address takes the place of this page in the history of the tab. So does the next page, when somebody goes on:
 * the link of the mail then is nowhere in that history. Written for old browsers, too.
 */
export const quickExit = `(function () {
  'use strict'
  var link = document.querySelector('[data-quick-exit]')
  if (!link) return
  var last = 0
  function leave() {
    document.title = ' '
    document.body.textContent = ''
    location.replace(link.href)
  }
  link.addEventListener('click', function (event) {
    event.preventDefault()
    leave()
  })
  // Where this does not work the button does what buttons do.
  var form = document.querySelector('form[data-onward]')
  if (form && window.fetch) {
    form.addEventListener('submit', function (event) {
      event.preventDefault()
      fetch(form.action, { method: 'POST', credentials: 'same-origin', redirect: 'manual' }).then(
        function (answer) {
          if (answer.type === 'opaqueredirect') location.replace('/packet')
          else form.submit()
        },
        function () {
          form.submit()
        }
      )
    })
  }
  document.addEventListener('keydown', function (event) {
    if (event.key !== 'Escape' || event.repeat) return
    var now = Date.now()
    if (now - last < 1500) leave()
    last = now
  })
})()
`
