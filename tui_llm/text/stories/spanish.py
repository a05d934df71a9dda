"""The stories in Spanish: words with their gender, and every beat in several ways. Long: it is text.

Written for all who read Spanish: nobody says `vosotros` or `ustedes`, and words that offend somewhere are avoided.
"""

from __future__ import annotations

from tui_llm.text.stories.grammar import Language, Word, by_gender, read_beats


def _noun(text: str, gender: str, tail: str = "", *, full: str = "") -> Word:
    """A noun with its articles, contractions and endings; `tail` stays in its text but not in the forms.

    `full` is the noun with its adjective, for the forms that present it (`new`) and recall it (`full`).
    """
    el, un, o = ("el", "un", "o") if gender == "m" else ("la", "una", "a")
    return Word(
        f"{un} {text} {tail}" if tail else text,
        gender=gender,
        the=f"{el} {text}",
        a=f"{un} {text}",
        of=f"{'del' if gender == 'm' else 'de la'} {text}",
        to=f"{'al' if gender == 'm' else 'a la'} {text}",
        o=o,
        lo=f"l{o}",
        el="él" if gender == "m" else "ella",
        un=un,
        **({"new": f"{un} {full}", "full": f"{el} {full}"} if full else {}),
    )


def _nouns(masculine: str, feminine: str) -> tuple[Word, ...]:
    return tuple(_noun(text, gender) for gender, row in by_gender(masculine, feminine).items() for text in row)


def _thing(text: str, gender: str) -> tuple[Word, ...]:
    """An object in every colour and size."""
    ending = "o" if gender == "m" else "a"
    adjectives = [f"{stem}{ending}" for stem in ("roj", "amarill", "blanc", "negr", "dorad", "viej", "pequeñ")]
    return tuple(_noun(text, gender, full=f"{text} {adjective}") for adjective in (*adjectives, "azul", "verde"))


_BEATS = """
opening:
- [Había|Érase] una vez {h.a} que se llamaba {h} y vivía en {p}.
- En {p} vivía {h.a} llamad{h.o} {h}.
- Hace [muchos|ya unos cuantos] años, en {p}, vivía {h.a} de nombre {h}.
- En {p}, en la última casa [del camino|de la calle], vivía {h.a} llamad{h.o} {h}.
- Esta es la historia {h.of} {h}, que vivía en {p}.
- En {p}, todos conocían {h.to} {h}.
- {h} era {h.a} de {p}, y su casa tenía la puerta [azul|verde|amarilla|roja].
- {h.The} {h} vivía en {p}, en una casa [pequeña|de piedra|con dos ventanas] que olía a [pan|leña|manzanas].
- Si alguna vez pasas por {p}, pregunta por {h.the} {h}.
- En {p} había {h.a}, {h}, que se levantaba antes que [el sol|los gallos].
- {h.The} {h} era de {p}, donde todos lo saben todo de todos.
- Hace mucho, mucho tiempo, vivía en {p} {h.a} llamad{h.o} {h}.

trait.brave:
- {h} era {q}: de noche salía sin luz y volvía cantando.
- Decían que {h} era {q}, porque una vez entró en la cueva del monte sin luz y salió silbando.
- {h} era muy {q}; cuando algo le daba miedo, [contaba hasta tres|respiraba hondo] y seguía.
trait.stubborn:
- {h} era {q} como una piedra: si empezaba una cosa, la terminaba.
- En {p.the} decían que {h} era muy {q}, y {h} decía que no, que no y que no.
- {h} era {q}. Una vez empujó una puerta toda la tarde, y al final la puerta se cansó primero.
trait.clever:
- {h} era {q}: donde otros veían un problema, {h} veía un juego.
- Todos decían que {h} era muy {q}, porque sabía [abrir cualquier nudo|contar hasta mil|leer las nubes].
- {h} era {q} y hablaba poco; primero miraba y después pensaba.
trait.curious:
- {h} era {q}: quería saber [qué hay detrás del monte|dónde duerme el viento|por qué el río tiene tanta prisa].
- {h} era muy {q} y preguntaba tanto que los vecinos se escondían [detrás de las puertas|para cenar].
- {h} era {q}: no podía ver una caja sin abrirla ni un camino sin seguirlo.
trait.patient:
- {h} era {q}: podía pasar la tarde entera mirando crecer la hierba.
- Nadie había visto nunca a {h} con prisa. Era {q} como un árbol.
trait.careful:
- {h} era {q}: antes de cruzar un charco miraba dos veces a cada lado.
- {h} era muy {q} y siempre llevaba en la bolsa una cuerda, por si acaso.
- {h} era {q}: [cerraba la puerta con dos vueltas|contaba los escalones] y guardaba velas para el invierno.
trait.generous:
- {h} era {q}: si tenía dos manzanas, regalaba la más grande.
- {h} era muy {q}, y en su mesa había siempre un plato de más.
- Todos sabían que {h} era {q}: nunca volvía de [la plaza|la feria] con la cesta llena.
trait.cheerful:
- {h} era muy {q} y cantaba [hasta con lluvia|a todas horas].
- {h} era {q}: se reía tanto que los vecinos se reían también, sin saber por qué.
- {h} era {q} y saludaba a todo el mundo, también a [los árboles|las piedras del camino].

trade.baker:
- {h} hacía el mejor pan {p.of}, y por las mañanas la calle entera olía a horno.
- {h} hacía el pan de noche y dormía la siesta encima de un saco de harina.
trade.gardener:
- {h} tenía un jardín pequeño y llamaba a cada flor por su nombre.
- {h} tenía un jardín donde crecía todo, hasta lo que nadie había pedido.
trade.weaver:
- {h} tejía mantas, y en su casa nunca hacía frío.
- {h} tejía desde el alba, y el ruido de su trabajo era el reloj de los vecinos.
trade.carpenter:
- {h} hacía sillas de madera, y no había casa sin una silla suya.
- {h} trabajaba la madera, y su casa olía a bosque.
trade.fisher:
- {h} salía al agua todas las mañanas y volvía con dos peces: uno para la cena y otro para los vecinos.
- {h} tenía una barca y conocía el agua como su casa.
trade.miller:
- {h} hacía harina para todos y tenía harina hasta en las orejas.
- {h} tenía un molino viejo que crujía como un barco cuando soplaba el viento.
trade.clockmaker:
- {h} vivía entre relojes, y aun así siempre llegaba tarde.
- {h} tenía en casa mil relojes, y cada uno daba una hora distinta.
trade.cook:
- {h} hacía la mejor sopa {p.of}, y los vecinos llegaban con el plato en la mano.
- {h} hacía la cena para todo el que llamaba a su puerta, y nunca preguntaba el nombre.

friend:
- Su mejor amig{c.o} era {c.the} {c}.
- Tenía {c.un} amig{c.o}, {c.the} {c}, que [se reía de todo|hablaba poco y comía mucho|siempre tenía hambre].
- Vivía al lado {c.of} {c}, y entre l{b.os} dos no había secretos.
- Siempre andaba con {c.the} {c}, que [lo preguntaba todo|nunca tenía prisa|tenía frío hasta en verano].
- {c.The} {c} vivía en la casa de al lado, y no pasaba un día sin una merienda para l{b.os} dos.
- Con {c.the} {c} compartía [el pan, la sopa y el paraguas|el huerto y la leña].
- Cuando {h} tenía un problema, llamaba {c.to} {c}; cuando {c} tenía hambre, llamaba a {h}.
- Todas las tardes venía {c.the} {c} a comer pan con miel y a hablar de todo un poco.
- {h.The} y {c.the} {c} eran amig{b.os} desde siempre, y no se acordaban de por qué.

weather.spring:
- Olía a hierba, y en cada rama cantaba un pájaro.
- Había flores [en todas las ventanas|hasta en los tejados].
- Llovía y salía el sol, todo a la vez, como siempre en primavera.
weather.summer:
- Hacía [tanto calor|un calor] que hasta las sombras buscaban sombra.
- El cielo estaba azul de punta a punta.
weather.autumn:
- Caían las hojas, y el camino parecía una alfombra roja.
- Soplaba un viento frío que olía a [leña|castañas].
- Las nubes pasaban con prisa por el cielo.
weather.winter:
- Nevaba [sin ruido|un poco], y cada paso dejaba una huella.
- Hacía tanto frío que las palabras se volvían humo.
- Todo estaba blanco: las ramas, los tejados y hasta el silencio.

set_out:
- {H} metió [pan y queso|tres manzanas|nueces y pan] en una bolsa y se puso en camino con {c}.
- {H} no lo pensó dos veces: llamó a {c}, y salieron [enseguida|con la merienda en una cesta].
- [Al día siguiente|A la mañana siguiente], {h} y {c} [salieron de casa con la merienda|tomaron el camino viejo].
- {H} silbó dos veces, y {c} apareció con [la bolsa al hombro|la bufanda puesta].
- {H} dejó una nota en la puerta, «Vuelvo pronto», y se fue con {c}.
- {c} quiso ir también, y a {h} le pareció bien: un camino largo es más corto entre dos.

road:
- Por el camino contaron nubes, y cuando se acabaron las nubes, contaron piedras.
- Anduvieron hasta mediodía y comieron a la sombra de [un árbol|una higuera|un muro].
- {c} cantaba [bajito|muy mal], y {h} pensaba en la merienda.
- Pasaron por delante de [una casa sin puerta|un pozo sin cubo|un molino sin molinero] y le inventaron una historia.

say.ready:
- —¿Está lejos? —preguntó {c}. // —Lo bastante para llevar merienda —dijo {h}.
- —¿Y si no hay camino? —preguntó {c}. // —Entonces lo hacemos —contestó {h}.
- —Yo llevo el queso —dijo {c}. // —Y yo llevo a quien se lo come —dijo {h}.
- —Volveremos antes de la noche —dijo {h}. // —Eso dijiste la última vez —suspiró {c}.
- —¿Tienes miedo? —preguntó {c}. // —Un poco. ¿Y tú? // —También —dijo {c}—. Mejor: así toca a menos.

say.stuck:
- —No hay manera —dijo {c}.
- —Mejor volver a casa —suspiró {c}—. Aquí no hay nada que hacer.
- —Lo hemos probado todo —dijo {c}. // —Todo no —contestó {h}—. Todavía no hemos pensado.
- —¿Y ahora? —preguntó {c}. // —Ahora, la merienda —dijo {h}—. Con hambre no se puede pensar.
- —Mañana será mejor —dijo {c}. // —Mañana será igual, pero con más hambre —contestó {h}.
- —Te lo dije —dijo {c}. // —Tú no dijiste nada. // —Pero lo pensé.

say.tired:
- —No puedo —dijo {h}. // —Hoy no —contestó {c}—. Mañana, quién sabe.
- —Es imposible —suspiró {h}. // —Ayer también lo era, y ayer te salió peor —dijo {c}.
- —Lo dejo —dijo {h}. // —Está bien —dijo {c}—. ¿Antes o después de la merienda? // —Después —dijo {h}, y después ya no
  lo dejó.
- —Mañana lo intento otra vez —dijo {h}. // —Y yo lo miro otra vez —dijo {c}.

need.hungry:
- Junto a una fuente encontraron a {k.a} llamad{k.o} {k}, que llevaba dos días sin comer. {h} partió su pan y le dio el
  trozo más grande.
- En el camino, {k.a} llamad{k.o} {k} miraba su bolsa vacía. {h} le dio [su merienda|su queso] y dijo que no tenía
  hambre, aunque la tripa le sonaba.
need.thorn:
- Al borde del camino lloraba {k.a} llamad{k.o} {k}: tenía clavada una espina. {h} se la sacó con cuidado, mientras {c}
  le contaba un chiste muy malo.
- Oyeron un quejido. Era {k.a} llamad{k.o} {k}, con una espina clavada. {h} se la sacó muy despacio y le dio su pañuelo.
need.cold:
- Bajo un árbol temblaba de frío {k.a} llamad{k.o} {k}. {h} le puso su bufanda y no se la volvió a pedir.
- Junto al río temblaba de frío {k.a} llamad{k.o} {k}, que se había caído al agua. {h} encendió un fuego y le dio su
  manta.
need.mud:
- {k.A} llamad{k.o} {k} tiraba de un carro hundido en el barro. {h} y {c} empujaron hasta que salió.
- En una curva, a {k.a} llamad{k.o} {k} se le había caído el carro de patatas. {h} y {c} las guardaron todas, hasta la
  última.
need.net:
- Junto al río encontraron a {k.a} llamad{k.o} {k}, dentro de una red vieja. {h} cortó los nudos uno a uno, sin prisa.
- {k.A} llamad{k.o} {k} colgaba de una red, entre dos ramas. {h} trepó y cortó la cuerda, y {c} puso la manta debajo.
need.glasses:
- {k.A} llamad{k.o} {k} había perdido sus gafas en la hierba. {h} las vio enseguida: estaban en una rama, encima de su
  cabeza.
- En el camino, {k.a} saludaba muy seri{k.o} a un tronco. Se llamaba {k} y había perdido las gafas. {h} las buscó una
  hora entera, hasta que las encontró en un charco.

thanks:
- —Un día te lo devolveré —dijo {k}.
- —No lo olvidaré —dijo {k}, y se fue [cantando|muy despacio].
- —¿Qué te debo? —preguntó {k}. // —Nada —dijo {h}—. Otro día te toca a ti.
- {k} dio las gracias tres veces y se fue por un sendero.
- {k} quiso pagar, pero {h} dijo que un favor no pesa.

back:
- Entonces apareció {k.the}. {k} no había olvidado.
- Por el camino llegó {k}, sin prisa y con una sonrisa.
- —Ahora me toca a mí —dijo alguien. Era {k}.
- {h} silbó sin muchas ganas, y detrás de los árboles contestó otro silbido: era {k}.
- —¿Problemas? —dijo una voz. {h} se dio la vuelta y vio a {k}, {k.the}.

wall.river:
- Pero la lluvia había llenado el río, y el puente ya no estaba.
- Pero junto al río no había puente: había un cartel que decía «Aquí hubo un puente».
- El río les cerró el paso. Era ancho, frío y [hacía mucho ruido|no tenía puente].
fail.river:
- {H} tomó carrera y saltó, pero el río era demasiado ancho. Salió empapad{h.o} por la misma orilla.
- Echaron un tronco al agua para cruzar encima, y el agua se lo llevó como una paja.
- Hicieron una barca con ramas. Duró muy poco, y volvieron a la orilla a nado.
- {c} metió un pie en el agua y lo sacó enseguida: estaba fría y tiraba con fuerza.
- {H} quiso pasar de piedra en piedra, pero la tercera piedra era un sapo, y el sapo no quería ser puente.
solve.river.bold:
- {H} se ató una cuerda, respiró hondo y cruzó a nado. Luego tiró de la cuerda, y {c} pasó detrás.
- {H} se tiró al agua otra vez y llegó a nado al otro lado, con una cuerda. Por ella cruzó {c}.
solve.river.mind:
- {H} miró el río un buen rato. Más arriba había un árbol seco; lo empujaron, y cayó justo de orilla a orilla. Ya tenían
  puente.
- {H} echó una hoja al agua y la siguió por la orilla. La hoja se paró donde el agua era más tranquila, y por allí
  cruzaron.
solve.river.calm:
- {H} se sentó a esperar. Cuando paró la lluvia en el monte, el agua bajó, y cruzaron por las piedras.
- {H} fue tirando una piedra, y otra, y otra, sin prisa. Al caer la tarde ya tenían un camino.
solve.river.warm:
- {H} se puso a cantar, y en la otra orilla se asomó un barquero, que l{b.os} cruzó a cambio de otra canción.
- {H} compartió su merienda con un barquero que dormía entre los juncos, y el barquero l{b.os} llevó al otro lado.
idea.river:
- {c} señaló río abajo, donde el agua no corría. Por allí pasaron, con el agua en las rodillas.
- {c} ató la cuerda a una rama y saltaron con ella por encima del agua. Cayeron al otro lado, {h} primero y {c} encima.
back.river:
- {k} conocía un paso de piedras escondido entre los juncos y l{b.os} guio hasta la otra orilla.
- {k} tenía una barca vieja entre los juncos y l{b.os} llevó al otro lado.

wall.gate:
- Pero el camino terminaba en una puerta de hierro más alta que un árbol, y estaba cerrada.
- Al final del camino había un muro, en el muro una puerta, y en la puerta ni llave ni campana.
- Una puerta enorme cerraba el paso. Alguien había escrito en ella: «Hoy no».
fail.gate:
- Empujaron l{b.os} dos a la vez. La puerta no se movió ni un dedo.
- {H} trepó por el muro, pero las piedras estaban cubiertas de musgo y bajó más deprisa que subió.
- {c} llamó con la mano, con el pie y con la cabeza. No abrió nadie.
- {H} metió una rama en el agujero de la llave. La rama se rompió, y ya no hubo agujero.
- Quisieron hacer un hoyo por debajo, pero a un palmo de la hierba todo era roca.
solve.gate.bold:
- {H} volvió a trepar, esta vez sin mirar abajo. Llegó arriba, saltó al otro lado y abrió desde dentro con un solo dedo.
- {H} siguió dando golpes, una hora, dos horas, hasta que el guarda se levantó de la siesta y abrió para no oír más.
solve.gate.mind:
- {H} miró la puerta de cerca y se echó a reír. No estaba cerrada: había que tirar, no empujar.
- {H} siguió el muro con la mano. A veinte pasos de aquella puerta tan grande había un agujero, y por él pasaron.
solve.gate.calm:
- {H} se sentó contra el muro y esperó. Al rato llegó el guarda con la llave: solo había salido a comer.
- {H} probó una a una las piedras del muro, sin prisa. Debajo de la número treinta y dos estaba la llave.
solve.gate.warm:
- {H} saludó con alegría, aunque no veía a nadie. Al otro lado vivía un guarda muy solo, que abrió para hablar un rato.
- {H} dejó la mitad del queso delante de la puerta, para el guarda. Salió una mano, y detrás de la mano se abrió la
  puerta entera.
idea.gate:
- {c} levantó la maceta que había junto al muro. Debajo estaba la llave, como en todas las casas.
- {c} encontró una puerta pequeña al lado de la grande. // —Para los que llegan tarde —leyó.
back.gate:
- {k} llevaba la llave colgada del cuello: era la puerta de su huerto.
- {k} silbó una canción, y desde dentro alguien abrió. El guarda era su primo.

wall.slope:
- Delante se levantaba una cuesta de piedras sueltas, empinada como un tejado.
- Y entonces empezó la cuesta. Era tan empinada que [las nubes se apoyaban en ella|hasta el camino parecía cansado].
- Y de pronto el camino se volvió una cuesta de barro y piedras.
fail.slope:
- {H} dio dos pasos hacia arriba y resbaló tres hacia abajo.
- {H} subió corriendo hasta la mitad y bajó sentad{h.o} hasta abajo del todo.
- Hicieron un bastón con una rama, pero el bastón se hundió en las piedras y no quiso salir.
- {c} probó a subir de espaldas. Bajó igual.
- Treparon l{b.os} dos de la mano, y resbalaron l{b.os} dos de la mano.
solve.slope.bold:
- {H} clavó los pies y subió sin mirar atrás. Desde arriba tiró una cuerda para {c}.
- {H} se levantó y volvió a subir. Resbaló cuatro veces y subió cinco.
solve.slope.mind:
- {H} pensó en cómo bajan las hojas, de lado a lado, y subieron igual: un poco a la derecha, un poco a la izquierda.
- {H} vio que junto a la cuesta había árboles pequeños. De rama en rama, como por una escalera, llegaron arriba.
solve.slope.calm:
- {H} propuso dar diez pasos y descansar, diez pasos y descansar. Así la cuesta se acabó antes que las ganas.
- {H} fue quitando las piedras sueltas, una a una, y detrás quedó un sendero. Tardaron toda la tarde, pero subieron.
solve.slope.warm:
- {H} le dio la mano a {c} y empezó a cantar. Quien canta no mira hacia abajo, y así llegaron arriba.
- {H} llevó la bolsa de {c}, y {c} tiró de {h}. Entre l{b.os} dos, la cuesta era la mitad de alta.
idea.slope:
- {c} dejó las botas abajo, y sin botas llegaron arriba con los pies llenos de barro.
- {c} tiró una cuerda hacia un árbol de más arriba. A la tercera vez se enganchó, y subieron por ella.
back.slope:
- {k} apartó unas ramas: detrás había una escalera de piedra tan vieja que nadie se acordaba de ella.
- {k} conocía el sendero de las cabras, que daba la vuelta al monte, y l{b.os} llevó hasta arriba.

wall.mist:
- De pronto bajó la niebla, y el camino desapareció.
- Una niebla blanca cubrió el monte. {h} no se veía ni los pies.
- A medio camino l{b.os} envolvió la niebla, tan espesa que parecía sopa.
fail.mist:
- Anduvieron derecho una hora y llegaron al mismo árbol del que habían salido.
- {H} gritó para pedir ayuda, pero solo contestó el eco, y el eco tampoco sabía el camino.
- Siguieron una luz pequeña. Era un viejo con un farol, que también buscaba el camino.
- {c} dijo que era por la izquierda. Por la izquierda había un charco muy hondo.
- {H} quiso dejar piedras blancas para no dar vueltas, pero en la niebla todo era blanco.
solve.mist.bold:
- {H} le dio el brazo a {c} y siguió andando, paso a paso. Media hora después, la niebla quedó atrás.
- {H} trepó al árbol más alto. Arriba brillaba el sol, y desde allí se veía el camino.
solve.mist.mind:
- {H} cerró los ojos y escuchó. A lo lejos sonaba el río, y los ríos siempre saben bajar: solo hubo que seguirlo.
- {H} tocó los troncos: el musgo crecía siempre del mismo lado. Con las manos en el musgo encontraron el camino.
solve.mist.calm:
- {H} puso la manta en el suelo y se sentó. La niebla tenía más prisa: al poco rato se fue, y el camino estaba a dos
  pasos.
- {H} decidió no dar un paso hasta ver algo. Esperaron y esperaron, hasta que se levantó el viento y se llevó la niebla.
solve.mist.warm:
- {H} empezó a cantar, y una voz le contestó con la segunda parte. Era un pastor. Canción a canción llegaron hasta él.
- {H} le puso su abrigo a {c} y le contó cuentos hasta que se encendió una ventana. Habían estado todo el rato delante
  de una casa.
idea.mist:
- {c} olió el aire: olía a pan. Y donde hay pan hay horno, y donde hay horno hay gente. Siguieron su nariz.
- {c} ató una cuerda a un árbol y caminó en círculo, cada vez más lejos, hasta que pisó el camino.
back.mist:
- {k} traía un farol y conocía el monte de memoria. Con la luz delante, la niebla ya no daba miedo.
- {k} iba delante con una campana, y siguieron el ruido hasta salir de la niebla.

wall.guard:
- En mitad del puente había un ganso enorme que no dejaba pasar a nadie.
- Pero delante del puente los esperaba un ganso con muy mal genio.
- El camino cruzaba un puente, y el puente tenía dueño: un ganso [blanco y serio|que se creía general].
fail.guard:
- {H} saludó al ganso con una sonrisa, y el ganso le mordió el sombrero.
- {H} intentó pasar corriendo, pero el ganso corría más y picaba mejor.
- {c} se cubrió de hojas, como un árbol. Pero el ganso conocía a todos los árboles.
- {H} le tiró unas migas. El ganso se las comió todas y volvió a su sitio.
- {c} gritó para darle miedo. El ganso gritó el doble.
solve.guard.bold:
- {H} caminó derecho hacia el ganso, mirándolo a los ojos. El ganso dio un paso atrás, luego otro, y se fue a mirar el
  río.
- {H} pasó por delante, despacio, sin correr y sin bajar la vista. Hasta el ganso se apartó.
solve.guard.mind:
- {H} vio que el ganso miraba todo el tiempo hacia la hierba: allí estaba su nido. Pasaron por el otro lado, en
  silencio, y el ganso ni se movió.
- {H} puso un espejo en el suelo. El ganso encontró por fin a alguien tan serio como él y se quedó a su lado.
solve.guard.calm:
- {H} se sentó a esperar. Los gansos también duermen: a media tarde metió la cabeza bajo el ala, y pasaron de puntillas.
- {H} dio un paso cada diez minutos, sin ruido. Cuando el ganso se dio cuenta, ya estaban al otro lado.
solve.guard.warm:
- {H} le preguntó qué le pasaba. Al ganso nadie le preguntaba nunca nada; lloró un poco y l{b.os} dejó pasar.
- {H} le contó un chiste. El ganso no quería reír, pero se rio, y un ganso que se ríe no da miedo.
idea.guard:
- —¿Por favor? —dijo {c}. // El ganso se quedó muy sorprendido. // —Eso no lo dice nunca nadie —contestó, y se fue.
- {c} abrió y cerró el paraguas de golpe, tres veces. El ganso saltó al agua, y el puente quedó libre.
back.guard:
- —Buenas tardes, general —dijo {k}. El ganso se puso firme y l{b.os} dejó pasar.
- {k} le habló al oído al ganso, y nadie supo qué le dijo; pero el ganso pidió perdón.

wall.thorns:
- Un muro de zarzas cerraba el camino de lado a lado.
- Las zarzas habían crecido tanto que donde antes había un camino ahora solo había espinas.
- De pronto el camino se metía entre zarzas y no volvía a salir.
fail.thorns:
- {H} apartó una rama, y la rama volvió a su sitio con fuerza y le dio en la nariz.
- {H} quiso pasar a gatas. Salió de espaldas, con espinas hasta en los bolsillos.
- {c} les dio golpes con un palo. Las zarzas se quedaron con el palo.
- {H} saltó por encima, o casi: hubo que sacarl{h.o} tirando de los pies.
- Buscaron por la derecha y luego por la izquierda. Solo encontraron más zarzas.
solve.thorns.bold:
- {H} se envolvió en la manta, cerró los ojos y avanzó. Detrás quedó un túnel con su forma, y por él pasó {c}.
- Rama a rama, con espinas hasta en el sombrero, {h} abrió un camino.
solve.thorns.mind:
- {H} se echó en el suelo y miró por debajo. Había un paso bajo, hecho por los ratones, y por él salieron al otro lado.
- {H} encontró una tabla y la tumbó sobre las zarzas como un puente. Cruzaron por encima, crujiendo.
solve.thorns.calm:
- {H} fue atando las ramas a los lados, una a una, sin prisa. Por la tarde había una puerta.
- {H} cortó una espina, y otra, y otra. Al final del día las zarzas se habían acabado, y {h} todavía no.
solve.thorns.warm:
- {H} compartió el pan con un pastor que pasaba, y las cabras del pastor se comieron las zarzas como si fueran pastel.
- {H} les cantó a las zarzas. No sirvió de nada, pero un viejo que lo oyó trajo unas tijeras enormes y muchas ganas de
  ayudar.
idea.thorns:
- {c} propuso tirar de las ramas con la cuerda, desde lejos. Tiraron l{b.os} dos, y se abrió un hueco lo bastante
  grande.
- {c} encontró un túnel detrás de una piedra. Salieron al otro lado con tierra en las orejas.
back.thorns:
- {k} sabía por dónde pasaban los ratones, y l{b.os} guio por debajo sin un solo arañazo.
- {k} venía con unas tijeras de podar y dejó el camino como nuevo.

wall.pit:
- No vieron el hoyo. De pronto estaban l{b.os} dos en el fondo, mirando un trozo redondo de cielo.
- El suelo se abrió bajo sus pies, y cayeron en [un hoyo hondo|un pozo seco].
- Alguien había hecho un hoyo en mitad del camino, debajo de las hojas. Cayeron dentro, primero {c} y después {h}.
fail.pit:
- {H} saltó con todas sus fuerzas. Le faltaba [un palmo|casi nada], y un palmo es mucho cuando falta.
- {c} se subió a los hombros de {h}, pero ni así llegaba al borde.
- Gritaron hasta perder la voz. Arriba solo se asomó una rana, que no tenía cuerda.
- Hicieron una escalera en la tierra con las manos, y la tierra se cayó.
- {H} tiró su bufanda hacia arriba. Se enganchó, pero en la nariz de {c}.
solve.pit.bold:
- {H} clavó las manos en la tierra y subió poco a poco. Luego bajó una rama para {c}.
- {H} lo intentó diez veces. A la siguiente tocó el borde, y desde arriba le dio la mano a {c}.
solve.pit.mind:
- {H} contó las piedras del fondo: había treinta. Con treinta piedras se hace una escalera, y por ella salieron.
- {H} vio una raíz que salía de la pared. Ató allí la cuerda con un nudo doble y treparon.
solve.pit.calm:
- {H} sacó una cuchara de la bolsa y fue cavando un escalón, y luego otro. A la hora de cenar estaban fuera.
- {H} esperó en silencio. Cuando oyó pasos, silbó una vez, y una vieja les echó una cuerda.
solve.pit.warm:
- {H} se puso a cantar desde el fondo del hoyo. Un carretero pensó que la tierra cantaba, se asomó y les echó una
  cuerda.
- {H} animó tanto a {c} que {c} saltó como nunca, llegó al borde y l{h.o} subió de la mano.
idea.pit:
- {c} ató su abrigo al de {h}, y los dos a una raíz. Con esa cuerda tan rara salieron.
- {c} recordó que en la bolsa había una cuerda. Llevaba allí todo el día, debajo del queso.
back.pit:
- {k} se asomó al borde, ató una cuerda a un árbol y l{b.os} sacó de allí.
- {k} empujó una rama larga hasta el fondo, y subieron por ella.

wall.cow:
- Una vaca dormía en mitad del puente, y el puente era tan estrecho que no cabía nadie más.
- En el puente había una vaca dormida. Por debajo corría el río, y por los lados no había sitio.
- El camino estaba cortado. No por un muro ni por un río: por una vaca que dormía la siesta.
fail.cow:
- Empujaron a la vaca l{b.os} dos a la vez. La vaca suspiró y no se movió.
- {c} le cantó al oído. La vaca roncó más alto.
- {H} le hizo cosquillas con una hierba. La vaca sonrió, pero no se despertó.
- {H} tiró de la cuerda que llevaba al cuello. Era como tirar de una montaña.
- {c} le explicó el problema, con muy buenas palabras. La vaca movió una oreja.
solve.cow.bold:
- {H} respiró hondo, tomó carrera y saltó por encima de la vaca. {c} pasó detrás, con los ojos cerrados.
- {H} empujó una vez más, y otra, y otra, hasta que la vaca, harta, se levantó y se fue a dormir a otro sitio.
solve.cow.mind:
- {H} puso hierba al otro lado del puente. La vaca abrió un ojo, luego el otro, y se levantó sola.
- {H} buscó una campana y la tocó como a la hora de cenar. La vaca se fue a su casa.
solve.cow.calm:
- {H} se sentó al lado de la vaca y esperó. Cuando el sol le dio en los ojos, la vaca se despertó, saludó y se marchó.
- {H} dijo que también era hora de la siesta. Durmieron l{b.os} dos junto a la vaca, y después la vaca ya no estaba.
solve.cow.warm:
- {H} le rascó la cabeza y le contó un cuento. La vaca se levantó y l{b.os} siguió media tarde.
- {H} le dio los buenos días con tanta alegría que la vaca se despertó, pidió perdón y dejó el paso libre.
idea.cow:
- {c} se acercó y dijo: «Muu». La vaca se levantó enseguida. {c} nunca quiso contar qué le había dicho.
- —Podemos pasar por encima —dijo {c}. // Pasaron, y la vaca ni se enteró.
back.cow:
- —A casa —dijo {k}, y la vaca se levantó enseguida.
- {k} le rascó detrás de la oreja izquierda, donde solo saben los amigos, y la vaca se apartó.

title.remedy:
- La flor azul
- Un remedio para {e.the}
title.letter:
- La carta
- Una carta de lejos
title.honey:
- El pastel de miel
- {h} busca miel
title.spring:
- La fuente escondida
- El pozo seco
title.ember:
- La brasa
- La noche sin fuego
title.dawn:
- El sol que sale dos veces
- La cima del monte
title.visit:
- La visita
- Dos platos más
title.fair:
- El camino de la feria
- {h} va a la feria
title.debt:
- {o.Full} {e.of}
- Una vieja deuda
title.river:
- El río crecido
title.gate:
- La puerta de hierro
title.slope:
- La cuesta
title.mist:
- La niebla
title.guard:
- El ganso del puente
title.thorns:
- Las zarzas
title.pit:
- El hoyo
title.cow:
- La vaca del puente
title.quest:
- {h} y {c} en camino
- El camino de {h}
- El viaje {h.of}
- {h.The} y {c.the}

wish.remedy:
- Un día, {e.the} de {h} cayó enferm{e.o}. El médico dijo que solo una flor azul podía curar{e.lo}, y la flor azul
  crecía [al otro lado del monte|muy lejos de allí].
- {day.Up}, {e.the} de {h} no se levantó de la cama. Necesitaba una flor azul, de las que solo crecen al otro lado del
  monte.
- {e.The} de {h} tosía día y noche. Todos en {p.the} conocían el remedio, una flor azul, pero nadie sabía de ninguna
  cerca.
reach.remedy:
- Al otro lado del monte, entre dos piedras, crecía la flor azul. {h} la llevó a casa, y [a la mañana siguiente|dos días
  después] su {e} pidió [sopa|pan con miel].
- Encontraron la flor azul [junto a una fuente|a la sombra de un muro]. Con ella hicieron una sopa tan amarga que
  {e.the} de {h} se levantó para no comer otro plato.
- {H} cortó una sola flor azul y dejó las demás para otros. No hizo falta más: aquella noche, su {e} durmió bien.

wish.letter:
- El cartero se había torcido un pie, y quedaba una carta para {e.the} de {h}, que vivía al otro lado del monte. «Voy
  yo», dijo {h}.
- Llegó {p.to} una carta para {e.the} de {h}. En el sobre ponía «urgente», pero {e.the} vivía lejos, y nadie quería ir.
reach.letter:
- Al final del día, {h} entregó la carta. Decía solo: «Te echo de menos. Ven a cenar el domingo». Su {e} la leyó tres
  veces.
- Su {e} abrió la carta con mucho cuidado y se echó a reír: era una carta suya, que había dado la vuelta al mundo.
- Su {e} leyó la carta en silencio, la guardó junto al corazón y puso dos platos más en la mesa.

wish.honey:
- Al día siguiente era la fiesta {p.of}, y no quedaba miel para el pastel. La mejor miel estaba al otro lado del monte.
- Para la fiesta {p.of}, {h} quería hacer un pastel de miel. Tenía harina, pero no tenía miel, y las abejas estaban
  lejos.
reach.honey:
- Las abejas lo pensaron un poco y le dieron un tarro lleno. Aquella noche, del pastel no quedó ni una miga.
- Volvieron con un tarro de miel lleno hasta la mitad; la otra mitad la llevaba {c} en la cara. El pastel salió torcido,
  y nadie dejó ni una miga.
- {H} saludó a las abejas, llenó un tarro y les dio las gracias. El pastel salió tan bueno que todos quisieron otro
  trozo.

wish.spring:
- Un día se secó el pozo {p.of}, y la gente empezó a [discutir por cada cubo|guardar el agua en tazas]. {h} decidió
  buscar una fuente.
- El pozo {p.of} se quedó sin agua. Decían que había una fuente escondida al otro lado del monte, y {h} salió a
  buscarla.
reach.spring:
- Detrás de una roca sonaba el agua. {h} bebió, rio y movió tres piedras, y la fuente echó a correr cuesta abajo hasta
  {p.the}.
- Allí estaba la fuente, [fría y clara|pequeña y sin dueño]. Al día siguiente todos fueron con cubos, y nadie volvió a
  discutir.

wish.ember:
- {day.Up}, el viento entró en todas las casas {p.of} y no dejó ni un fuego. Lejos, en lo alto del monte, brillaba una
  luz. {h} quiso traer una brasa.
- Un día se apagaron todos los hornos {p.of}, y nadie tenía fuego. {h} salió a buscarlo al otro lado del monte.
reach.ember:
- Una vieja les dio una brasa dentro de una olla. {h} la llevó a casa con mucho cuidado, y esa noche volvió a salir humo
  de todas las casas.
- En una cabaña encontraron un fuego y, al lado, alguien que no lo vendía: lo regalaba. Con una sola brasa se
  encendieron todos los hornos {p.of}.

wish.dawn:
- {h} había oído decir que en la cima del monte el sol sale dos veces: una en el cielo y otra en el mar. Quería verlo.
- {e.The} de {h} contaba que una vez vio salir el sol desde la cima del monte y que desde entonces no tuvo prisa. {h}
  quiso verlo también.
reach.dawn:
- Llegaron arriba de noche y esperaron bajo la misma manta. El sol salió despacio, primero en el cielo y luego en el
  mar, y a {c} se le olvidó el frío.
- En la cima no había nada: solo una piedra y todo el cielo. Cuando salió el sol, {h} no dijo ni una palabra, y {c}, por
  una vez, tampoco.

wish.visit:
- Hacía [un año|mucho tiempo] que {h} no veía a su {e}, que vivía al otro lado del monte. {day.Up}, decidió ir a
  ver{e.lo}.
- {h} echaba de menos a su {e}, que ahora vivía lejos, al otro lado del monte. «Voy», pensó, y buscó las botas.
reach.visit:
- Su {e} abrió la puerta, miró a {h} de arriba abajo y dijo que estaba más alt{h.o}. No era verdad, pero sonaba bien.
- En casa de su {e} olía a sopa. {e.El} no preguntó nada: puso dos platos más y dejó la puerta abierta.
- Su {e} estaba en la ventana, mirando el camino, como todas las tardes. Aquella tarde el camino traía a alguien.

wish.fair:
- {h} quería vender {g} en la feria, para comprar [un tejado nuevo|un abrigo para el invierno|una ventana]. La feria
  estaba al otro lado del monte.
- Era el día de la feria, al otro lado del monte, y {h} llevaba {g} para vender.
reach.fair:
- En la feria, {h} lo vendió todo antes de mediodía, y con la última moneda compró [un silbato|un dulce] para {c}.
- En la feria, {h} vendió la mitad y dio la otra mitad. Volvió con poco dinero y muchos amigos.
- Nadie vendió tanto como {h} en toda la feria. Nadie comió tanto como {c}.

wish.debt:
- {h} tenía en casa {o.new} que no era suy{o.o}: se l{o.o} había prestado su {e} hacía tres años. Ya era hora de ir al
  otro lado del monte a devolver{o.lo}.
- {day.Up}, buscando otra cosa, {h} encontró {o.new}. Era de su {e}, que vivía al otro lado del monte y nunca l{o.o}
  había pedido. Había que devolver{o.lo}.
reach.debt:
- —¿{o.The}? —dijo su {e}—. Ya ni me acordaba. Quédatel{o.o}. // {h} miró {o.the}, miró el camino y se echó a reír.
- Su {e} puso {o.the} en la ventana, donde había un hueco desde hacía tres años.
- {H} entregó {o.the} y pidió perdón. // —Llegas a tiempo —dijo su {e}—: la sopa está caliente.

title.lost:
- {o.Full}
- ¿Dónde está {o.the}?
- {h} pierde {o.a}
lost.dear:
- Lo que {h} más quería en el mundo era {o.new} que le había regalado su {e}.
- En la mesa de {h} había siempre {o.new}. Había sido de su {e}, y {h} l{o.o} limpiaba todas las noches.
- {h} no iba a ninguna parte sin {o.new}, un regalo de su {e}.
lost.gone:
- {day.Up}, {h} fue a buscar {o.the} y no estaba en su sitio.
- {day.Up}, {o.the} desapareció.
- {day.Up}, {h} se despertó con una sensación rara. Miró la mesa: {o.the} ya no estaba.
lost.say:
- —¿Y dónde estaba? —preguntó un vecino. // —Si lo supiera —dijo {h}—, ya no l{o.o} estaría buscando.
- —¿Cómo era? —preguntó una vecina. // —Era {o.full} más bonit{o.o} del mundo —dijo {h}, y le tembló la voz.
- —Todo aparece —le dijeron. // —¿Y lo que no aparece? —preguntó {h}. Nadie supo qué decir.
lost.look:
- {H} miró debajo de la cama y encontró [una bota|dos nueces|mucho polvo], pero no {o.the}.
- {H} miró en el armario y encontró [una vela|un botón|una carta vieja], pero nada más.
- {H} buscó en el granero, saco por saco. Encontró a un ratón muy sorprendido y nada más.
- {H} miró en el pozo, por si acaso. Desde abajo l{h.o} miró otr{h.o} {h}, igual de triste.
- {H} buscó en el huerto, entre las lechugas. Tampoco estaba allí.
- {H} volvió a andar todo el camino, mirando debajo de cada piedra. Nada.
lost.ask:
- {H} preguntó a los vecinos uno por uno. Todos recordaban {o.full}; nadie l{o.o} había visto.
- {H} puso un cartel en la plaza: «Se busca {o.new}». Debajo alguien escribió: «Yo busco un paraguas».
- Un niño dijo que había visto {o.the} en el cielo. Nadie le hizo caso.
lost.found.bag:
- Cansad{h.o}, {h} se dejó caer en una silla, y algo le dolió en la espalda. Era {o.the}: llevaba todo el día en su
  bolsa.
- Al final, {h} abrió la bolsa para buscar un pañuelo y llorar un poco. Dentro, debajo del pañuelo, estaba {o.the}.
lost.found.nest:
- Entonces {h} vio que algo brillaba en lo alto de un árbol. Un pájaro había llevado {o.the} a su nido. {h} le dio a
  cambio un botón, y el pájaro dijo que sí.
- En el árbol más alto, dentro de un nido, estaba {o.the}, y encima había un huevo azul. {h} esperó tres semanas, hasta
  que el pájaro salió.
lost.found.mended:
- Por la noche llamaron a la puerta. Era su {e}, con {o.the} bajo el brazo: tenía una grieta, y l{o.o} había llevado a
  arreglar para darle una sorpresa.
- Su {e} llegó con un paquete. // —Estaba rot{o.o} y no querías decirlo —dijo—. Ya no. // Era {o.the}, como nuev{o.o}.
lost.found.child:
- Detrás de la casa dormía {k.a} muy pequeñ{k.o}, con {o.the} entre los brazos. // —No me gusta dormir sol{k.o} —dijo
  {k}. // {h} se sentó a su lado. Desde aquel día, {o.the} fue de l{d.os} dos.
- En el puente estaba {k.a} llamad{k.o} {k}, con {o.the} en las manos: l{o.o} había encontrado en el suelo y no sabía de
  quién era. Aquella noche cenaron junt{d.os}.
moral.lost:
- Lo que se busca con prisa se encuentra con calma.
- Desde entonces, {h} puso {o.the} en un clavo junto a la puerta y le dio las buenas noches cada día.

title.astray:
- ¿Dónde está {c}?
- La sopa fría
- {h} busca a {c}
astray.out:
- Un día, {c} salió a buscar [leña|castañas|manzanas] y no volvió a la hora de cenar.
- {day.Up}, {c} fue [a la fuente|al molino|a la feria] y no volvió.
- {day.Up}, {c} dijo «ahora vuelvo», y pasaron [dos|tres|cuatro] horas.
astray.worry:
- {H} puso dos platos en la mesa. La sopa de {c} se quedó fría.
- {H} miró por la ventana hasta que ya no se veía el camino. Entonces encendió [el farol|una vela] y salió a
  buscar{c.lo}.
- {H} esperó un rato, y otro rato, y después se puso el abrigo.
astray.search:
- {H} llamó a {c} desde el puente, y solo contestó el eco.
- {H} preguntó en el molino. El molinero no había visto a nadie en todo el día.
- {k.A} llamad{k.o} {k} había visto pasar a alguien hacia los pinos, con mucha prisa y una cesta.
- {H} miró en la cueva y detrás de la cueva. Nadie.
- {H} corrió hasta la fuente. En el banco de siempre no había nadie.
astray.sign:
- Y entonces, en una rama, vio [un botón|un hilo rojo] del abrigo de {c}.
- En el barro, por fin, había unas huellas que {h} conocía muy bien.
- Junto al camino brillaba algo: era [el silbato|la navaja|la cesta] de {c}.
- {H} se calló y escuchó. Muy lejos, alguien cantaba mal. Solo {c} cantaba así.
astray.found:
- {c} dormía debajo de un castaño, con la cesta llena y una sonrisa. // —¿Ya es hora de cenar? —preguntó.
- {c} estaba en la orilla del río y no podía andar. {h} l{c.o} llevó a casa en brazos, y {c} fue todo el camino contando
  chistes para pesar menos.
- {c} estaba en lo alto de un árbol, mirando la puesta de sol, y no sabía bajar. {h} tampoco sabía, pero subió, y al
  alba bajaron junt{b.os}.
- {c} cuidaba a un pájaro con el ala rota. // —No podía dejarlo solo —dijo {c}. // {h} se sentó a su lado, y lo cuidaron
  hasta el alba.
- En una curva se encontraron de pronto. // —¡Te estaba buscando! —dijeron l{b.os} dos a la vez.
astray.pit:
- {H} llegó corriendo y no vio el hoyo. {c} estaba en el fondo, y ahora {h} también.
- {c} estaba en el fondo de un hoyo muy hondo. // —No te acerques —gritó—, que el borde se rompe. // {h} se acercó, y el
  borde se rompió.

title.make.kite:
- La cometa
- Una cometa para el viento
title.make.boat:
- La barca
- La barca de {h}
title.make.oven:
- El horno
- El horno de la plaza
make.wish.kite:
- {H} quería hacer una cometa, la más grande de todas, para ver quién vivía en las nubes.
- {day.Up}, soplaba un viento tan bueno que {h} decidió hacer una cometa.
make.wish.boat:
- {H} quería hacer una barca para cruzar el lago y ver qué había en la otra orilla.
- Todas las tardes {h} miraba el lago. {day.Up}, decidió hacer una barca y dejar de mirar.
make.wish.oven:
- {H} quería hacer un horno en la plaza, para que nadie comiera el pan frío.
- {day.Up}, {h} decidió hacer un horno de barro, grande y redondo, para todos los vecinos.
make.fail.kite:
- La cometa subió, dio dos vueltas y se clavó en [un tejado|el huerto de al lado].
- La cometa pesaba tanto que no voló: fue {h} quien voló, cuesta abajo, detrás de ella.
- A la cometa se le rompió una caña, y cayó al suelo como un pájaro cansado.
make.fail.boat:
- La barca flotó muy bien. Flotó del revés.
- La barca se llenó de agua antes de salir, y {h} volvió a la orilla con una rana en el sombrero.
- La barca giraba y giraba sin ir a ninguna parte, hasta que {c} se mareó solo de mirarla.
make.fail.oven:
- El horno echó tanto humo que los vecinos salieron con cubos.
- El barro se secó demasiado deprisa, y el horno se partió en dos.
- El pan salió tan duro que {c} lo usó de silla.
make.laugh:
- Los que pasaban se reían. Uno preguntó si aquello era [un sombrero|una gallina|una broma].
- {c} no se rio. Bueno, se rio un poco, pero luego trajo [agua|una manta|pan] y se quedó a ayudar.
- —Por lo menos es bonito —dijo {c}. // —No —dijo {h}—, pero gracias.
- Un viejo que miraba desde un banco movió la cabeza y no dijo nada.
make.tip.kite:
- Pasó por allí {k.a} llamad{k.o} {k} y lo miró todo con calma. // —Le falta cola —dijo—. Sin cola, una cometa no sabe
  dónde está el suelo.
- {k.A} llamad{k.o} {k} tomó el hilo entre dos dedos. // —Pesa por delante y vuela por detrás —dijo—. Ponle una cola
  larga.
make.tip.boat:
- {k.A} llamad{k.o} {k} miró la barca por arriba y por debajo. // —Le falta resina —dijo—. Y una piedra en el fondo,
  para que vaya derecha.
- —Eso no es una barca —dijo {k}, {k.a} que pasaba por la orilla—, es una cesta. // Y trajo resina y le enseñó a cerrar
  los agujeros.
make.tip.oven:
- {k.A} llamad{k.o} {k} tocó el barro con un dedo. // —Le falta paja —dijo—. Y tiempo a la sombra.
- {k.A} llamad{k.o} {k} dio una vuelta al horno, y otra. // —Un horno se seca como el queso —dijo—: a la sombra y sin
  que nadie lo toque.
make.back.kite:
- Al día siguiente volvió {k} con una bufanda roja y larga. Era la cola que le faltaba a la cometa.
make.back.boat:
- Al día siguiente volvió {k} con un cubo de resina. Trabajaron junt{d.os} toda la tarde.
make.back.oven:
- Al día siguiente volvió {k} con un saco de paja. // —El barro solo no puede —dijo—. Nadie puede solo.
make.done.kite:
- Esta vez la cometa subió y subió. {h} le dio el hilo a {c}, y {c} notó cómo el cielo tiraba de su mano.
- La cometa subió derecha como una flecha. {h} y {c} la miraron hasta que les dolió el cuello.
make.done.boat:
- La barca cruzó el lago sin una gota dentro. En la otra orilla había otra casa, y alguien que llevaba años mirando
  hacia acá.
- La barca flotó derecha y tranquila. {h} y {c} llegaron a la mitad del lago y comieron allí, con los pies en el agua.
make.done.oven:
- El pan salió redondo y caliente. {h} lo partió en trozos, y hubo para todos, aunque los trozos fueron pequeños.
- El horno se encendió a la primera. Desde aquel día la plaza olió a pan, y nadie volvió a comer solo.

title.learn.swim:
- {h} aprende a nadar
- El lago
title.learn.read:
- La primera palabra
- {h} aprende a leer
title.learn.dance:
- El baile
- {h} aprende a bailar
learn.wish.swim:
- Todos sabían nadar menos {h}, que miraba desde la orilla la isla del lago, con su único árbol, y decía que no tenía
  calor.
- {h} quería aprender a nadar, porque en medio del lago había una isla con un solo árbol y nadie le decía qué árbol era.
learn.wish.read:
- {H} guardaba una carta de su {e} y no sabía leer. Podía pedir ayuda, pero quería leerla sol{h.o}.
- Llegó una carta para {h}. Era de su {e}, y toda la calle se la quiso leer. Pero {h} quería aprender a leer y leerla
  sol{h.o}.
learn.wish.dance:
- Faltaba un mes para el baile {p.of}, y {h} quería aprender a bailar. Hasta entonces solo sabía pisar.
- A {h} le gustaba tanto la música que los pies se le movían solos, pero cada uno por su lado. Quería aprender a bailar.
learn.fail.swim:
- El primer día, {h} tragó tanta agua que dijo que el lago estaba más bajo.
- {H} movió los brazos como las ranas y se hundió como las piedras.
- {H} se metió hasta las rodillas, pensó en los peces y salió corriendo.
learn.fail.read:
- Las letras se movían como hormigas, y {h} las perdía siempre en la misma línea.
- {H} leyó «sopa» donde decía «sapo», y se quedó con hambre.
- {H} aprendió la primera letra el lunes y la olvidó el martes.
learn.fail.dance:
- {H} pisó a {c} una vez, y otra, y otra más. A la cuarta, {c} se puso botas.
- {H} fue a la derecha cuando todos iban a la izquierda, y acabaron en el suelo.
- {H} contaba los pasos en voz alta, pero siempre se perdía después del tres.
learn.tip.swim:
- {k.A} llamad{k.o} {k} l{h.o} miraba desde el agua. // —Échate en el agua como en tu cama —dijo—. El lago sabe lo que
  hace.
- —Primero aprende a flotar —le dijo {k}, {k.a} que vivía en la orilla—. Nadar es flotar con un poco de prisa.
learn.tip.read:
- {k.A} llamad{k.o} {k} se sentó a su lado. // —Cada letra es una cara —dijo—. Hoy saluda a una. Mañana, a otra.
- {k}, {k.a} que sabía leer, puso el dedo debajo de la primera letra. // —Solo esta —dijo—. Mañana, la siguiente.
learn.tip.dance:
- {k.A} llamad{k.o} {k} se rio un poco. // —No mires los pies —dijo—. Escucha el tambor.
- —Baila como si fueras a casa —le dijo {k}, {k.a} con los pies muy grandes—. Nadie se pierde cuando va a casa.
learn.weeks:
- {H} practicó todas las tardes, con lluvia y con sol.
- Pasó una semana, y otra. {h} seguía probando.
- {c} venía cada tarde a mirar, y traía [nueces|una manzana|pan con miel] por si hacía falta.
learn.done.swim:
- Una tarde, sin saber cómo, {h} llegó a nado hasta la isla. El árbol era un manzano, y todavía tenía manzanas.
- Y un día {h} miró hacia atrás y vio la orilla muy lejos, y a {c}, muy pequeñ{c.o}, que aplaudía.
learn.done.read:
- Por fin {h} abrió la carta. Decía: «Ahora que sabes leer, ven a verme». Y {h} fue.
- Por fin {h} leyó la carta, de la primera palabra a la última. Era una sopa: cuánta agua, cuánta sal y cuánta
  paciencia. {h} la hizo esa misma noche, para dos.
learn.done.dance:
- La noche del baile, {h} no pisó a nadie. Al terminar, {c} se miró las botas y dijo que ya no las necesitaba.
- En el baile, {h} cerró los ojos y escuchó el tambor. Cuando los abrió, todos se habían apartado para mirar.
title.gift:
- El regalo
- El cumpleaños de {c}
- {o.Full}
gift.eve:
- Era el cumpleaños de {c}, y {h} llevaba un paquete: {o.new}. Había guardado dinero todo el año.
- Era el cumpleaños de {c}. {h} le había comprado {o.new} en la feria y ya veía su cara.
- {H} había encontrado por fin el regalo perfecto para el cumpleaños de {c}: {o.new}.
gift.road:
- {day.Up}, {h} salió de casa con el paquete bajo el brazo.
- {H} se puso su mejor sombrero, tomó el paquete y echó a andar muy despacio, para no romper nada.
- De camino, {h} iba pensando qué decir: «Toma, no es nada». Pero sí que era algo.
gift.give:
- En la plaza lloraba {k.a} llamad{k.o} {k}. Se iba a vivir muy lejos y no se llevaba ni un recuerdo. {h} miró el
  paquete, miró a {k} y le dio {o.the}.
- En el puente, {k.a} llamad{k.o} {k} miraba el agua. Había perdido {o.a} igual, lo único que le quedaba de su casa. {h}
  respiró hondo y le dio {o.full}.
- En la feria, {k.a} muy pequeñ{k.o} llamad{k.o} {k} vendía su manta para comprar pan. {h} no tenía dinero: tenía
  {o.the}. Se l{o.o} dio.
gift.empty:
- {H} llegó a la fiesta con las manos vacías y las escondió en los bolsillos.
- Cuando {c} abrió la puerta, {h} no supo qué hacer con las manos.
- En casa de {c} la mesa estaba llena de paquetes. {h} se quedó junto a la puerta.
gift.say:
- —No te traigo nada —dijo {h}—. Traía {o.new}, pero… // —Lo sé —dijo {c}—. Te vi desde la ventana. Es el mejor regalo
  que me han hecho.
- —Tu regalo se me quedó por el camino —dijo {h}. // —Entonces siéntate —dijo {c}— y dame el cuento. Me gusta más.
- —Mi regalo lo tiene otr{k.o} —dijo {h}. // —¿Era bonito? —preguntó {c}. // —Mucho. // —Entonces está bien —dijo {c}, y
  le cortó el trozo más grande de la tarta.
gift.feast:
- A la hora de la tarta llamaron a la puerta. Era {k}, con una flor en la mano. // —Es todo lo que tengo —dijo—. ¿Puedo
  pasar?
- Al final de la fiesta llegó {k} con media feria y un tambor. Fue el cumpleaños más largo {p.of}.
- {c} no preguntó por el regalo. Pero a medianoche, bajo la ventana, {k} se puso a cantar para l{b.os} dos, y {c} lo
  entendió todo.
moral.gift:
- Lo que se da no se pierde: cambia de casa.
- Desde entonces, {c} cuenta que aquel año le regalaron dos cosas, y que ninguna cabía en una caja.
- Hay manos vacías que llegan llenas.

title.quarrel:
- La discusión
- De quién es {o.the}
- Dos amig{b.os} y {o.a}
quarrel.find:
- {day.Up}, {h} y {c} encontraron {o.new} en mitad del camino.
- {day.Up}, debajo de [un banco|un puente|una higuera], {h} y {c} vieron {o.new} al mismo tiempo.
quarrel.claim:
- —Yo l{o.o} vi primero —dijo {h}. // —Y yo l{o.o} toqué primero —dijo {c}.
- —Es para mí —dijo {c}. // —No, para mí —dijo {h}, que nunca había querido {o.a}.
- —L{o.o} encontramos junt{b.os} —dijo {c}. // —Sí, pero más yo —dijo {h}.
quarrel.part:
- Tiraron l{b.os} dos con fuerza y dijeron cosas feas. Al final {o.the} se quedó en el suelo, y cada cual se fue por su
  camino.
- Se dijeron tres palabras feas, las tres mentira. {h} se fue a casa con {o.the}, y {c} se fue a casa sin decir adiós.
- Discutieron hasta la noche. {c} se fue con {o.the}, y {h} cerró la puerta con tanta fuerza que se cayó un plato.
quarrel.alone:
- Aquella noche la sopa no sabía a nada. {h} puso dos platos sin pensar y guardó uno.
- {H} no pudo dormir. Contó ovejas, y todas tenían la cara de {c}.
- Al día siguiente pasó algo gracioso en la plaza, y {h} no tenía a quién contarlo.
quarrel.step:
- Por la mañana {h} salió hacia la casa de {c}. A mitad del camino se encontró con {c}, que venía hacia la suya.
- {H} abrió la puerta para ir a pedir perdón. No tuvo que andar mucho: {c} estaba en el escalón, buscando las palabras.
- A los tres días, {h} llamó a la puerta de {c}. // —¿Quién es? // —Alguien que tiene la culpa —dijo {h}. // —Entonces
  somos dos —dijo {c}, y abrió.
quarrel.peace:
- Colgaron {o.the} de la rama que estaba entre las dos casas, para que fuera del árbol y de nadie más.
- Desde entonces, {o.the} vive una semana con {h} y otra con {c}, y los domingos descansa.
- Le dieron {o.the} a {k.a} que pasaba por allí, y se quedaron con lo que de verdad querían: la merienda de los viernes.
- Luego apareció {k.the} que había perdido {o.the}, y se l{o.o} dieron entre l{b.os} dos, muy seri{b.os}, para no reír.
moral.friend:
- Entre dos, el camino largo se hace corto.
- {h} lo supo aquel día: las cosas se van, y {c} se queda.
- Quien vuelve a casa con alguien llega dos veces.

title.storm:
- La tormenta
- La noche del viento
- La casa de {h}
storm.sign:
- {day.Up}, {h} vio que [las hormigas cerraban su puerta|el perro del molino no quería salir].
- {day.Up}, a {h} le dolió la rodilla izquierda, que nunca se equivocaba.
- {day.Up}, el aire se quedó quieto y el cielo se puso verde.
storm.warn:
- —Viene una tormenta —dijo {h} en la plaza—. Una de las grandes.
- {H} fue de puerta en puerta: había que guardar la leña y atar los tejados.
- {H} tocó la campana y dijo a todos que venía tormenta.
storm.doubt:
- Los vecinos miraron el cielo azul y volvieron a sus cosas.
- —Siempre ves nubes —se rio {k}, {k.the}. // —A veces las hay —dijo {h}.
- Solo {c} le hizo caso, y eso que {c} nunca le hacía caso.
storm.ready:
- {H} y {c} metieron leña y llenaron de agua [la olla más grande|todas las tazas].
- {H} ató el tejado con cuerdas y puso al fuego una olla de sopa para veinte. // —Somos dos —dijo {c}. // —De momento
  —dijo {h}.
storm.come:
- Aquella noche el viento llegó gritando. Volaron tejas, sillas y hasta un sombrero con su dueño.
- A medianoche se rompió el cielo, y cayó el mar.
- Primero fue una gota. Luego fueron todas.
storm.knock:
- Llamaron a la puerta: era {k}, {k.the}, empapad{k.o}. Luego llegó otro vecino, y otro. {h} abrió siempre y no dijo «te
  lo dije» ni una vez.
- {k.The} {k} llegó sin sombrero y con el agua por las rodillas. Detrás venía media calle. {c} fue contando los platos.
- Los vecinos llegaron uno tras otro, hasta que no quedó sitio ni en la escalera. Alguien se puso a cantar para no oír
  el viento.
storm.after:
- Por la mañana salió el sol. Faltaban tejas y ramas, pero no faltaba nadie.
- Por la mañana, los vecinos pidieron perdón. // —¿Cómo lo supiste? —preguntó {k}, {k.the}. // —Miré —dijo {h}.
- Al día siguiente arreglaron entre todos los tejados, y también el de {h}, que no tenía nada.
moral.storm:
- Desde entonces, cuando a {h} le duele la rodilla, todo el mundo guarda la leña.
- La mejor casa no es la más fuerte, sino la que abre la puerta.

title.swap:
- El cambio
- De {o.a} a {z.a}
- {h} cambia {o.a}
swap.wish:
- {H} quería regalarle a su {e} {z.new}, pero no tenía dinero. Solo tenía {o.new}.
- Su {e} quería {z.new}. {h} miró en la bolsa: no había ni una moneda. En casa solo tenía {o.new}.
swap.first:
- En el camino encontró {k.to} {k}, que se quedó mirando {o.full}. // —Te doy {x.new} a cambio —dijo. // {h} aceptó.
- {k.A} llamad{k.o} {k} necesitaba {o.a} desde hacía meses, y a cambio le dio {x.new}.
swap.second:
- Después, {l.a} llamad{l.o} {l} suspiró al ver {x.full}. Tenía en casa {y.new}, y cambiaron.
- Junto al molino, {l.the} {l} l{h.o} paró. // —Mi madre tenía {x.a} igual —dijo—. ¿Quieres {y.new}? // {h} dijo que sí.
swap.third:
- En la plaza, un viajero miraba {y.the} con ojos de niño. En su carro llevaba {z.new}. No hubo que decir nada.
- Ya era tarde cuando una vieja señaló {y.the}. // —Eso lo llevo buscando toda la vida —dijo, y le dio a cambio {z.new}.
swap.good:
- Así fue como {o.the} se convirtió en {x.a}, {x.the} en {y.a}, y {y.the} en {z.a}. Su {e} abrió el paquete y no lo
  podía creer.
- Su {e} puso {z.the} en el mejor sitio de la casa. Y aquella noche, en cuatro casas, alguien durmió mejor.
swap.wry:
- Su {e} abrió el paquete y sonrió. // —Qué bonit{z.o} —dijo—. Yo también tengo algo para ti. // Era {o.full}: se l{o.o}
  había cambiado a {k} por unas patatas.
- Su {e} se quedó mirando {z.the}. // —Gracias —dijo—, pero ¿y {o.the}? Era lo que más me gustaba de tu casa. // {h}
  tardó otro día entero en volver a cambiarlo todo.

title.stranger:
- La puerta
- Alguien llama
- Una noche de lluvia
stranger.night:
- Una noche llovía tanto que la calle parecía un río.
- Era una noche de viento y todas las puertas {p.of} estaban cerradas.
- Aquella noche nevaba, y la calle no tenía ni una huella.
stranger.knock:
- {k.A} llamaba de casa en casa, y en todas le decían que ya era tarde. La última casa era la de {h}.
- Alguien llamó a la puerta de {h}. Era {k.a}, con la ropa mojada y un saco al hombro. En otras casas no le habían
  abierto.
- {k.A} cansad{k.o} golpeó tres puertas. La primera no se abrió, la segunda se abrió y se cerró, y la tercera era la de
  {h}.
stranger.open:
- —Pasa —dijo {h}—. La sopa está caliente y la silla está vacía.
- —No tengo con qué pagar —dijo {k.the}. // —Ni yo con qué dar el cambio —dijo {h}—. Siéntate.
- {H} no preguntó de dónde venía. Preguntó si quería [pan|más leña en el fuego|una manta].
stranger.soup:
- La sopa fue para dos, porque {h} dijo que no tenía mucha hambre. {k.The} se llamaba {k} y sabía muchos cuentos.
- La sopa era poca y la hicieron larga con agua y palabras. {k}, que así se llamaba, se durmió en la silla, con la
  cuchara en la mano.
- {k.The} dijo que se llamaba {k} y que iba hacia el mar. Hablaron hasta que se acabó la leña, y después un poco más.
stranger.morning:
- Por la mañana {k} ya no estaba. En la puerta había pintado un sol, y desde aquel día en casa de {h} no volvió a hacer
  frío.
- Antes de irse, {k} arregló el tejado, por donde entraba el agua desde hacía años.
- {k} se marchó al alba y dejó en la mesa {o.new}. Debajo había una nota: «Para quien abre».
- Un año después llegó una carta: {k} había abierto una posada junto al mar, y en ella siempre habría una silla vacía
  para {h}.
- {k} se fue sin hacer ruido. Pero en primavera, delante de la casa de {h}, y de ninguna otra, salieron mil flores.
moral.warm:
- Una canción llega más lejos que un grito.
- Una palabra dulce pesa poco y empuja mucho.
- La alegría es como una vela: enciende otras y no se acaba.

title.noise:
- Un ruido en la noche
- ¿Quién anda ahí?
- Toc, toc, toc
noise.heard:
- Una noche, {h} oyó un ruido [en el tejado|detrás de la pared|debajo de la cama]: toc, toc, toc.
- A medianoche, {h} se despertó. Algo arañaba [la puerta|la ventana|el tejado], muy despacio.
- Una noche sin luna, {h} y {c} oyeron un quejido largo que venía [del pozo|de la bodega|del granero].
noise.guess:
- —Es un ladrón de noche —dijo {c}. // —Los ladrones no llevan botas —dijo {h}. // El ruido, desde luego, las llevaba.
- —Será el viento —dijo {h}. // —No hay viento —dijo {c}. // —Por eso —dijo {h}—: se habrá escondido aquí.
- —Será un ladrón —dijo {c}. // —¿Y qué se va a llevar? —contestó {h}—. ¿La sopa?
- —Es un gigante —dijo {c}—. Uno pequeño. // {h} pensó que un gigante pequeño era lo peor que se podía encontrar de
  noche.
noise.go:
- {H} encendió una vela. La vela temblaba, o temblaba la mano.
- Fueron de puntillas, {h} delante y {c} detrás del abrigo de {h}.
- {H} tomó [una cuchara de palo|el paraguas] y avanzó. {c} iba detrás, por si el ruido venía por detrás.
noise.found:
- Era {k}, {k.the}, que se había equivocado de casa y llevaba una hora buscando su cama.
- Era un gato muy pequeño dentro de un zapato muy grande.
- Era una rama que llamaba a la ventana. La abrieron, y la rama entró: tenía una flor.
- Era el reloj viejo de la pared, que llevaba diez años dormido y aquella noche se despertó.
- Era un ratón que hacía su nido con cartas viejas. Miró a {h}, muy serio, y siguió con su trabajo.
- Era agua que caía en un cubo: toc, toc, toc. Y por el agujero del tejado se veían las estrellas.
- Era {k}, {k.the}, que dejaba una tarta en la puerta para dar una sorpresa. Y la dio.
noise.laugh:
- Se rieron tanto que despertaron a los vecinos, y entonces los vecinos oyeron un ruido.
- —Yo no tenía miedo —dijo {c}. // —Yo sí —dijo {h}—, pero poco. // Y ninguna de las dos cosas era verdad.
- Volvieron a la cama. A los cinco minutos se oyó otro ruido, pero era {c}, que ya roncaba.
- Aquella noche durmieron con la vela encendida, por si la vela tenía miedo.

title.box:
- La caja
- La caja de {k}
- No la abras
box.give:
- Un día, {k}, {k.the}, tuvo que irse de viaje y le dejó a {h} una caja de madera. // —Guárdamela —dijo—, y no la abras.
- {k.The} {k} llamó a la puerta con una caja pequeña. // —Vuelvo en una semana —dijo—. Guárdala bien y no la abras.
box.tempt:
- La primera noche, {h} puso la caja en lo alto del armario. La segunda noche soñó con ella. La tercera, la caja hizo un
  ruido.
- La caja no pesaba casi nada y olía a mar. {h} no quería mirarla, y la miraba todo el tiempo.
- {H} la tapó con una manta. Entonces pensó en la manta, y luego en lo que había debajo de la manta.
box.say:
- —Solo un poco —dijo {c}—. Abrir un poco no es abrir. // —Y comer un poco de tarta tampoco es comer —dijo {h}—. Te
  conozco.
- —¿Y si dentro hay algo que tiene hambre? —preguntó {c}. // —Entonces habría llamado —dijo {h}.
- —Nadie lo sabría —dijo {c}. // —Yo sí —dijo {h}—, y me veo todos los días.
box.kept:
- {H} salió a andar, contó hasta mil y limpió el huerto entero. Cuando acabó la semana, la caja seguía cerrada y las
  lechugas, muy bien.
- {H} ató la caja con una cuerda y le dio la cuerda a {c}. Luego {c} ató la cuerda a {h}. Así pasaron los días.
- Cada vez que quería abrirla, {h} hacía otra cosa. Aquella semana limpió la casa tres veces.
box.opened:
- Una tarde, {h} la abrió, solo un dedo. Salió un pájaro azul, dio una vuelta por la casa y se fue por la ventana.
- A los tres días, {h} levantó la tapa. Dentro solo había olor a mar, y el olor se fue por la ventana.
- {H} la abrió de noche, con los ojos cerrados. Se oyó una música muy dulce, una sola vez, y se acabó.
box.home:
- El domingo volvió {k}, con [polvo en los zapatos|un sombrero nuevo].
- A la semana justa, {k} llamó a la puerta. // —¿Y mi caja? —preguntó.
box.reward:
- {k} la abrió allí mismo. Dentro había dos dulces: uno para {h} y otro para {c}.
- {k} abrió la caja: estaba vacía. // —Era para lo más bonito que encontrara por el camino —dijo—. Lo dejé en esta casa.
  // Y escribió en la tapa el nombre de {h}.
- —Dentro está mi miedo a la noche —explicó {k}—. Quería saber si podía dormir sin él. // Y la volvió a cerrar, con
  mucho cuidado.
box.confess:
- {H} pudo callarse, pero no lo hizo. // —La abrí —dijo, mirando al suelo. // —Ya lo sé —dijo {k}—. Para eso era la
  caja: dentro iba tu palabra. Ahora hay que hacer otra.
- {H} lo contó todo. {k} pensó un rato. // —La caja se puede volver a llenar —dijo al fin—. Con ayuda. // Y tardaron
  todo el verano.
- —Lo siento —dijo {h}. // {k} suspiró y luego sonrió un poco. // —Yo también la abrí —dijo—, cuando me la dieron a mí.

title.seed:
- La semilla
- El árbol de {h}
- Esperar
seed.get:
- {day.Up}, {h} encontró una semilla y la plantó delante de la ventana.
- Su {e} le dio a {h} una semilla. // —¿De qué es? —preguntó {h}. // —De esperar —dijo su {e}. // {h} la plantó esa
  misma tarde.
- Un pájaro dejó caer una semilla en el sombrero de {h}. {h} lo tomó como un encargo y la plantó.
seed.hurry:
- Al día siguiente no había nada. {h} la regó diez veces, y la tierra se volvió un charco.
- {H} la sacó de la tierra para ver si crecía, la vio dormida y la volvió a guardar.
- {H} le contó cuentos. {c} se quedó dormid{c.o}; la semilla, también.
- {H} puso una vela al lado, por si la semilla tenía frío, y se le quemó el sombrero.
- {H} gritó que ya era hora. Salió un gusano y preguntó qué hora era.
- {H} le puso una manta por la noche y un paraguas por el día. No sirvió de nada.
seed.tip:
- —Déjala en paz —dijo {c}—. Yo tampoco crezco si me miran.
- —Tu semilla tiene su reloj —le dijo {k}, {k.a} que pasaba—, y no está en hora con el tuyo.
- Su {e} se rio. // —Tú tampoco saliste en un día —dijo.
seed.wait:
- {H} aprendió a regarla un poco cada tarde y a no mirar. Pasó el invierno y pasó la nieve.
- Y {h} esperó. Mientras esperaba arregló la cerca, aprendió una canción y se olvidó, casi, de la semilla.
- Pasaron las semanas. {h} hablaba con {c} de otras cosas, y solo miraba la tierra de reojo.
seed.grow:
- Una mañana había una hoja, tan pequeña que {h} la saludó con el sombrero. Unos años después era un árbol, con sombra
  para toda la calle.
- Un día asomó una punta verde. Fue un girasol, el más alto {p.of}, y por las tardes se giraba para mirar a {h}.
- Salió una calabaza tan grande que {c} se quedó a vivir dentro un mes entero.
- Salió un manzano. La primera manzana se la dio {h} a {c}; la segunda, a su {e}; y la tercera la volvió a plantar.
moral.calm:
- La prisa llega antes, pero no encuentra a nadie en casa.
- El agua que no corre también llega, solo que descansada.
- Despacio se va lejos, y además se ven las flores.

title.alarm:
- La campana
- La broma
- La tercera vez
alarm.bored:
- {day.Up}, {h} se aburría. Ya conocía todas las tejas y todas las nubes.
- En {p.the} nunca pasaba nada, y a {h} le parecía mal.
- Lo que más le gustaba a {h} era reírse de los vecinos.
alarm.cry:
- {h} tocó la campana de la plaza y gritó que había fuego en [el molino|la feria|el granero]. Todos salieron corriendo,
  con botas y con cubos. {h} se rio hasta que le dolió la tripa.
- {h} corrió por la calle gritando que [había fuego|llegaba el río]. Los vecinos dejaron la cama y salieron corriendo.
  No pasaba nada, y {h} se rio media hora.
alarm.again:
- Una semana después lo hizo otra vez. Salieron menos, y nadie se rio.
- A los pocos días volvió a tocar la campana. {c} llegó corriendo, miró el cielo y se fue sin decir nada. Eso fue lo
  peor.
alarm.real:
- La tercera vez fue verdad: había humo en el granero. {h} tocó la campana hasta que le dolieron los brazos, pero en las
  ventanas nadie encendió una luz.
- Y entonces, una noche, el granero empezó a arder de verdad. {h} gritó y gritó. Los vecinos se dieron la vuelta en la
  cama.
alarm.save:
- Solo vino {c}, con un cubo en cada mano. // —Por si acaso —dijo. // Entre l{b.os} dos apagaron el fuego, y se hizo de
  día.
- Al rato apareció {c} con una manta mojada. // —Tu voz era distinta —dijo. // Llevaron agua toda la noche, y por la
  mañana el granero todavía estaba allí.
alarm.learn:
- Desde entonces, {h} toca la campana solo los domingos, y toca muy bien.
- {H} pidió perdón casa por casa. Tardó una mañana en decirlo y un año en que l{h.o} creyeran.
- Al día siguiente, {h} le dio la campana a {c}. // —Es tuya —dijo—. A ti te creen.
- Una mentira corre mucho, pero luego hay que volver andando.

title.broke:
- {o.Full}
- La grieta
- Lo que dijo {h}
broke.lend:
- {c} tenía {o.new} y no se l{o.o} dejaba a nadie. A {h}, sí.
- {day.Up}, {c} le prestó a {h} {o.new}, lo que más quería. // —Con cuidado —dijo. // —Con cuidado —dijo {h}.
- {H} le pidió a {c} {o.full} por una tarde, y {c} se l{o.o} dejó sin pensarlo.
broke.break:
- Esa misma tarde, {h} cayó por la escalera, y {o.the} también. A {h} no le pasó nada.
- {H} l{o.o} puso en la ventana para que le diera el sol. El viento abrió la ventana, y {o.the} se rompió contra las
  piedras.
- {H} l{o.o} usó una vez, dos veces, y a la tercera {o.the} hizo crac.
broke.hide:
- {H} guardó los trozos [debajo de la cama|en un saco de harina].
- {H} escondió los trozos muy deprisa, como si así no hubiera pasado nada.
- {H} pensó en decir que había sido [el viento|un ladrón], y hasta la silla l{h.o} miró muy seria.
broke.night:
- Aquella noche, {h} no durmió. Cada vez que crujía una tabla, parecía decir: «Crac».
- En la cena, {h} no probó la sopa. Parecía que hasta la sopa lo sabía.
- Al día siguiente, {h} vio a {c} y se fue por otra calle. Nunca una calle había sido tan larga.
broke.tell:
- Por fin, {h} fue a casa de {c} con los trozos en un pañuelo. // —L{o.o} rompí —dijo—, y después tuve miedo, que es
  peor.
- —Tengo que decirte una cosa —dijo {h}, y le tembló la voz—. {o.The} se rompió. No: l{o.o} rompí yo.
- Antes del alba, {h} llamó a la puerta de {c}. // —No es por la hora —dijo—, es por {o.the}.
broke.answer:
- {c} miró los trozos mucho rato. // —Me duele —dijo—, pero menos que no saber nada de ti.
- —Ya me parecía a mí —dijo {c}— que desde ayer mirabas mucho al suelo. // Y le acercó una silla.
- {c} no dijo nada. Fue a la cocina y volvió con cola, paciencia y pan con queso.
broke.mend:
- Pegaron {o.the} trozo a trozo. Quedó una línea fina, y {c} dijo que ahora era más suy{o.o} que antes.
- {H} trabajó un mes entero para comprar otr{o.o}. {c} l{o.o} aceptó, pero guardó también {o.the} rot{o.o}.
- L{o.o} arreglaron junt{b.os}. Desde aquel día tiene una grieta, y cuando alguien pregunta, se miran y se ríen.
moral.truth:
- La verdad pesa menos cuando se lleva entre dos.
- Lo que se rompe se arregla; lo que se calla crece.
- {h} aprendió que el miedo a decirlo es siempre más grande que decirlo.

title.moon:
- La luna de {h}
- La luna en el cubo
- Una escalera a la luna
moon.wish:
- {H} quería tocar la luna. No toda: solo un poco, por el borde.
- Todas las noches, {h} le decía adiós a la luna desde la ventana. Un día pensó que era mejor ir a verla.
- {H} quería regalarle la luna a {c}, que tenía miedo a la oscuridad.
moon.try:
- {H} subió al tejado con una escalera, encima de la escalera puso una silla, y encima de la silla se puso {h}. Faltaba
  poco. Faltaba todo.
- {H} le tiró a la luna una cuerda con un nudo. La cuerda volvió sola, sin la luna y con bastante fuerza.
- {H} siguió a la luna por el camino hasta el alba. La luna andaba cuando {h} andaba y se paraba cuando se paraba {h}.
- {H} trepó al árbol más alto {p.of}. Desde allí la luna parecía igual de lejos, pero más simpática.
- {H} puso para la luna un plato de queso en la ventana. Por la mañana no había queso, aunque {c} tenía migas en la
  cara.
moon.see:
- Una noche, {h} volvía del pozo y miró el cubo. Allí estaba la luna, redonda y tranquila. {h} la llevó a casa sin
  perder una gota.
- Cansad{h.o}, {h} se sentó junto al lago. En el agua, a un palmo de su mano, estaba la luna. {h} metió un dedo, solo
  por el borde, y la luna se rio en mil pedazos.
- {c} llegó con una jarra de agua y la puso en el suelo. // —Mira dentro —dijo. // Y dentro estaba la luna.

title.leave:
- El viaje de {c}
- Hasta la primavera
- Una luz en la ventana
leave.news:
- {day.Up}, {c} dijo que se iba. Su {e} vivía [lejos, junto al mar|al otro lado del mar], y {c} tenía que pasar allí un
  año entero.
- {c} iba a trabajar en un barco. {day.Up}, llenó su bolsa, que era pequeña, y tardó mucho.
leave.gift:
- {H} le dio {o.new}. // —Ahora tienes que volver —dijo—: {o.the} es de esta casa.
- {h} quería decir muchas cosas y solo dijo: // —Abrígate. // Y le metió en la bolsa {o.new}.
- Al salir, {c} le dejó {o.new}. // —Es para ti —dijo—, hasta que vuelva.
leave.wait:
- {h} encendió cada noche una luz en la ventana. Pasó el otoño, pasó la nieve.
- Los viernes, {h} ponía dos platos, y después lavaba los dos.
- {H} escribió muchas cartas, y todas decían lo mismo: «Ven».
leave.sign:
- En primavera llegó una carta. Decía solo: «Un plato más».
- Una tarde, el perro del molino empezó a ladrar hacia el camino.
- Un día salieron flores en la cerca, y {h} limpió la casa dos veces.
leave.back:
- Por la curva venía {c}, con la bolsa al hombro y la misma risa. // —Olía a sopa desde el puente —dijo.
- Llamaron a la puerta, tres golpes y luego otro. Solo {c} llamaba así. {h} tardó un poco en abrir, para guardar aquel
  momento.
- {c} bajó del carro y l{b.os} dos se quedaron mirándose. // —Has crecido —dijo {h}. // —Tú no —dijo {c}—. Menos mal.

end.glad:
- Aquella noche hubo [sopa caliente|pan dulce|castañas] para todos, y {h} bailó hasta que se apagaron las velas.
- Desde entonces, cuando alguien tenía un problema en {p.the}, llamaba a la puerta de {h}.
- {h} y {c} volvieron a casa del brazo, riendo por cualquier cosa.
- En {p.the} todavía se cuenta, y cada vez que se cuenta, alguien corta un trozo de queso para {h}.
- Hicieron una merienda que empezó el viernes y acabó el domingo.
- Y desde aquel día, {h} y {c} fueron más amig{b.os} que nunca.
end.wry:
- {c} contó la historia tantas veces que, al final, {h} era un gigante y la noche duraba un mes.
- {H} dijo que nunca más. Aquel «nunca más» duró [tres días|hasta el lunes].
- De todo aquello, lo que mejor recordaba {c} era la merienda.
- {h} quiso contarlo en la cena, pero se quedó dormid{h.o} con la cuchara en la boca.
- —Mañana —dijo {c}— nos quedamos en casa. // —Eso dijiste ayer —contestó {h}.
- {c} dijo que siempre lo supo. {h} no preguntó desde cuándo.
end.quiet:
- Aquella noche, {h} dejó la ventana abierta y escuchó [el viento|la lluvia] hasta dormirse.
- {h} y {c} se sentaron [en el escalón|bajo el árbol grande] y no dijeron nada. No hacía falta.
- Las luces {p.of} se apagaron una a una. La última fue la de {h}.
- Luego se hizo de noche, despacio, y en la ventana de {h} hubo dos sombras hasta muy tarde.
- Y {p.the}, que había visto tantas cosas, se quedó también dormid{p.o}.
- {h} miró las estrellas y pensó que, al fin y al cabo, no estaban tan lejos.

moral.bold:
- El miedo se hace pequeño cuando uno echa a andar.
- Quien se cae cinco veces conoce bien el suelo.
- El camino más difícil se acaba andando.
moral.mind:
- A veces la puerta está abierta y solo hay que mirar.
- Pensar un rato ahorra muchos golpes.
- Más hace un ojo atento que diez brazos con prisa.
moral.help:
- Un favor es una semilla: uno la olvida, y un día da sombra.
- Quien ayuda por el camino nunca camina solo.
- {h} lo aprendió aquel día: lo que se da por el camino se encuentra a la vuelta.
moral.work:
- Nada sale bien a la primera, salvo los errores.
- Las manos aprenden despacio y no olvidan.
- Cada intento malo es el padre de uno un poco menos malo.
learn.laugh:
- {c} no se rio. Bueno, se rio un poco, pero luego trajo [agua|una manta|pan] y se quedó a ayudar.
- Un viejo que miraba desde un banco movió la cabeza y no dijo nada.
- Los que pasaban se paraban a mirar. Uno hasta trajo una silla.
moral.host:
- Una puerta abierta calienta más que un fuego.
- Quien reparte su pan nunca cena solo.
- Donde hay una silla vacía, siempre llega alguien.
"""

LANGUAGE = Language(
    names=by_gender(
        "Bruno Tito Olmo Simón Mateo Lucas Nico Hugo Bastián Ciro Darío Gil Tomás Pablo Ramón Félix Martín Rufo "
        "Blas Otto Fermín Samuel Julián Teo Marcos Gaspar",
        "Lía Nora Vera Mila Clara Olga Greta Lola Carmela Jacinta Petra Dalia Berta Julia Marta Tina Zoe Aurora "
        "Candela Rita Elvira Gala Sara Emma Luisa Ana",
    ),
    walkers=_nouns(
        "zorro ratón gato oso conejo erizo burro perro tejón lobo", "gata osa coneja ardilla gallina oveja liebre loba"
    ),
    strangers=_nouns(
        "topo castor búho cuervo ciervo mirlo pato niño viajero pastor",
        "cabra tortuga nutria lechuza garza cigüeña paloma niña viajera pastora",
    ),
    kin=_nouns("abuelo tío padre hermano", "abuela tía madre hermana"),
    places=(
        _noun("pueblo", "m", "junto al mar"),
        _noun("pueblo", "m", "de tejados rojos"),
        _noun("pueblo", "m", "con una plaza redonda"),
        _noun("aldea", "f", "entre montañas"),
        _noun("aldea", "f", "al borde del bosque"),
        _noun("valle", "m", "de manzanos"),
        _noun("puerto", "m", "de barcas azules"),
        _noun("barrio", "m", "de casas bajas"),
        _noun("isla", "f", "con un solo faro"),
        _noun("bosque", "m", "de castaños"),
        _noun("colina", "f", "llena de molinos"),
    ),
    things=tuple(
        _thing(text, gender)
        for gender, row in by_gender(
            "tambor espejo reloj silbato cuenco farol violín abanico peine paraguas catalejo",
            "campana linterna cuchara flauta taza brújula guitarra jarra tetera lámpara",
        ).items()
        for text in row
    ),
    days={
        "spring": tuple(map(Word, ("una mañana de abril", "un día de primavera", "una tarde de mayo"))),
        "summer": tuple(map(Word, ("una mañana de verano", "un día de julio", "una tarde de agosto"))),
        "autumn": tuple(map(Word, ("una mañana de octubre", "un día de otoño", "una tarde de noviembre"))),
        "winter": tuple(map(Word, ("una mañana de invierno", "un día de enero", "una tarde de febrero"))),
    },
    traits={
        trait: {"m": Word(masculine), "f": Word(feminine)}
        for trait, masculine, feminine in (
            ("brave", "valiente", "valiente"),
            ("stubborn", "terco", "terca"),
            ("clever", "listo", "lista"),
            ("curious", "curioso", "curiosa"),
            ("patient", "paciente", "paciente"),
            ("careful", "prudente", "prudente"),
            ("generous", "generoso", "generosa"),
            ("cheerful", "alegre", "alegre"),
        )
    },
    trades={
        trade: {"m": _noun(masculine, "m"), "f": _noun(feminine, "f")}
        for trade, masculine, feminine in (
            ("baker", "panadero", "panadera"),
            ("gardener", "jardinero", "jardinera"),
            ("weaver", "tejedor", "tejedora"),
            ("carpenter", "carpintero", "carpintera"),
            ("fisher", "pescador", "pescadora"),
            ("miller", "molinero", "molinera"),
            ("clockmaker", "relojero", "relojera"),
            ("cook", "cocinero", "cocinera"),
        )
    },
    products={
        trade: Word(load)
        for trade, load in (
            ("baker", "una cesta de pan"),
            ("gardener", "un carro de flores"),
            ("weaver", "seis mantas"),
            ("carpenter", "cuatro sillas"),
            ("fisher", "una cesta de peces"),
            ("miller", "tres sacos de harina"),
            ("clockmaker", "cinco relojes"),
            ("cook", "una cesta de dulces"),
        )
    },
    pairs={"m": Word("ellos", os="os"), "f": Word("ellas", os="as")},
    beats=read_beats(_BEATS),
)
