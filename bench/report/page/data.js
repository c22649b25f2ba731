"use strict";
// The explorer. All numbers are in the element #data; nothing is fetched.

const data = JSON.parse(document.getElementById("data").textContent);
