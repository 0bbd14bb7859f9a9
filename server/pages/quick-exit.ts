/**
 * The script of pages that the server draws, for leaving in a hurry: by the link, or by pressing Escape twice. What is on the page
 * goes at once, and the address takes the place of this page in the history of the tab. So does the next page, when somebody goes on:
 * the link of the mail then is nowhere in that history. A page with a script of its own takes the mark off the link when it is ready,
 * and does the same with more care. Written for old browsers, too.
 */
export const quickExit = `(function () {
  'use strict'
  var link = document.querySelector('[data-quick-exit]')
  if (!link) return
  var last = -Infinity
  function leave() {
    if (navigator.sendBeacon) navigator.sendBeacon('/api/packet/leave')
    document.title = ' '
    document.body.textContent = ''
    location.replace(link.href)
  }
  function isOurs() {
    return link.hasAttribute('data-quick-exit')
  }
  link.addEventListener('click', function (event) {
    if (!isOurs()) return
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
    if (event.key !== 'Escape' || event.repeat || !isOurs()) return
    if (event.timeStamp - last < 1500) leave()
    last = event.timeStamp
  })
})()
`
