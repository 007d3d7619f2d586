/** A code that came by QR stands after the #: put it into the field, and take it out of the address. */

const field = document.querySelector("[data-code]");
if (field && location.hash.length > 1) {
  field.value = decodeURIComponent(location.hash.slice(1)).slice(0, 64);
  history.replaceState(null, "", location.pathname);
  field.form.querySelector("button").focus();
}
