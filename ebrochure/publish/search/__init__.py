"""The search over all services: static files that a browser asks for one by one.

::

    <service>/search.js         what can be found in a service, passage by passage; carried over with it
    static/search/words.js      every form of every word, front-coded, and the services' names
    static/search/terms-<n>.js  which services say a word, and how much it matters there

A query loads `words.js`, the pieces of `terms` that its words are in, and `search.js` of the services shown.
All are classic scripts that call one function: a page opened from a disk may load a script and nothing else.
Words are stemmed here and never in the browser: it looks a typed word up among the forms, which stand
for their term.
"""
