"""The stories in Brazilian Portuguese: words with their gender, and every beat in several ways. Long: it is text.

The seasons are those of the south: spring comes in September, and winter brings frost rather than snow.
"""

from __future__ import annotations

from tui_llm.text.stories.grammar import Language, Word, by_gender, read_beats


def _noun(text: str, gender: str, tail: str = "", *, full: str = "") -> Word:
    """A noun with its articles, contractions and endings; `tail` stays in its text but not in the forms.

    `full` is the noun with its adjective, for the forms that present it (`new`) and recall it (`full`).
    """
    o, um = ("o", "um") if gender == "m" else ("a", "uma")
    ele, seu = ("ele", "seu") if gender == "m" else ("ela", "sua")
    return Word(
        f"{um} {text} {tail}" if tail else text,
        gender=gender,
        the=f"{o} {text}",
        a=f"{um} {text}",
        of=f"d{o} {text}",
        to=f"{'ao' if gender == 'm' else 'à'} {text}",
        to_a=f"a {um} {text}",
        by=f"pel{o} {text}",
        inside=f"n{o} {text}",
        o=o,
        um=um,
        ele=ele,
        dele=f"d{ele}",
        seu=seu,
        **({"new": f"{um} {full}", "full": f"{o} {full}", "full_of": f"d{o} {full}"} if full else {}),
    )


def _nouns(masculine: str, feminine: str) -> tuple[Word, ...]:
    return tuple(_noun(text, gender) for gender, row in by_gender(masculine, feminine).items() for text in row)


def _thing(text: str, gender: str) -> tuple[Word, ...]:
    """An object in every colour and size."""
    ending = "o" if gender == "m" else "a"
    adjectives = [f"{stem}{ending}" for stem in ("vermelh", "amarel", "branc", "pret", "dourad", "velh", "pequen")]
    return tuple(_noun(text, gender, full=f"{text} {adjective}") for adjective in (*adjectives, "azul", "verde"))


_BEATS = """
opening:
- Era uma vez {h.a} que se chamava {h} e morava em {p}.
- Em {p} vivia {h.a} chamad{h.o} {h}.
- Há [muitos|alguns] anos, em {p}, vivia {h.a} de nome {h}.
- Em {p}, na última casa [do caminho|da rua], morava {h.a} chamad{h.o} {h}.
- Esta é a história {h.of} {h}, que morava em {p}.
- Em {p}, todos conheciam {h.the} {h}.
- {h} era {h.a} de {p}, e sua casa tinha a porta [azul|verde|amarela|vermelha].
- {h.The} {h} morava em {p}, numa casa [pequena|de pedra|de duas janelas] que cheirava a [pão|lenha|maçã].
- Se um dia você passar por {p}, pergunte {h.by} {h}.
- Em {p} havia {h.a}, {h}, que acordava antes [do sol|dos galos].
- {h.The} {h} era de {p}, onde todos sabem tudo de todos.
- Há muito, muito tempo, vivia em {p} {h.a} chamad{h.o} {h}.

trait.brave:
- {h} era {q}: de noite saía sem luz e voltava cantando.
- Diziam que {h} era {q}, porque uma vez entrou na caverna do monte sem luz e saiu assobiando.
- {h} era muito {q}; quando alguma coisa dava medo, [contava até três|respirava fundo] e seguia.
trait.stubborn:
- {h} era {q} como uma pedra: o que começava, terminava.
- {p.Inside} diziam que {h} era muito {q}, e {h} dizia que não, que não e que não.
- {h} era {q}. Uma vez empurrou uma porta a tarde inteira, e no fim a porta se cansou primeiro.
trait.clever:
- {h} era {q}: onde os outros viam um problema, {h} via um jogo.
- Todos diziam que {h} era muito {q}, porque sabia [abrir qualquer nó|contar até mil|ler as nuvens].
- {h} era {q} e falava pouco; primeiro olhava e depois pensava.
trait.curious:
- {h} era {q}: queria saber [o que há atrás do monte|onde dorme o vento|por que o rio tem tanta pressa].
- {h} era muito {q} e perguntava tanto que os vizinhos se escondiam [atrás das portas|para jantar].
- {h} era {q}: não podia ver uma caixa sem abrir nem um caminho sem seguir.
trait.patient:
- {h} era {q}: podia passar a tarde inteira vendo a grama crescer.
- Ninguém nunca tinha visto {h} com pressa. Era {q} como uma árvore.
trait.careful:
- {h} era {q}: antes de atravessar uma poça olhava duas vezes para cada lado.
- {h} era muito {q} e sempre levava uma corda na bolsa, por via das dúvidas.
- {h} era {q}: [fechava a porta com duas voltas|contava os degraus] e guardava velas para o inverno.
trait.generous:
- {h} era {q}: quando tinha duas maçãs, dava a maior.
- {h} era muito {q}, e em sua mesa havia sempre um prato a mais.
- Todos sabiam que {h} era {q}: nunca voltava da [praça|feira] com a cesta cheia.
trait.cheerful:
- {h} era muito {q} e cantava [até na chuva|a toda hora].
- {h} era {q}: ria tanto que os vizinhos riam também, sem saber por quê.
- {h} era {q} e cumprimentava todo mundo, até [as árvores|as pedras do caminho].

trade.baker:
- {h} fazia o melhor pão {p.of}, e de manhã a rua inteira cheirava a forno.
- {h} fazia o pão de noite e dormia a sesta em cima de um saco de farinha.
trade.gardener:
- {h} tinha um jardim pequeno e chamava cada flor pelo nome.
- {h} tinha um jardim onde crescia tudo, até o que ninguém tinha pedido.
trade.weaver:
- {h} fazia mantas de lã, e em sua casa nunca fazia frio.
- {h} fazia mantas desde a madrugada, e o barulho do seu trabalho era o relógio dos vizinhos.
trade.carpenter:
- {h} fazia cadeiras de madeira, e não havia casa sem uma cadeira sua.
- {h} trabalhava a madeira, e sua casa cheirava a bosque.
trade.fisher:
- {h} saía para a água todas as manhãs e voltava com dois peixes: um para o jantar e outro para os vizinhos.
- {h} tinha um barco e conhecia a água como a própria casa.
trade.miller:
- {h} fazia farinha para todos e tinha farinha até nas orelhas.
- {h} tinha um moinho velho que rangia como um navio quando soprava o vento.
trade.clockmaker:
- {h} vivia entre relógios e, mesmo assim, sempre chegava tarde.
- {h} tinha em casa mil relógios, e cada um dava uma hora diferente.
trade.cook:
- {h} fazia uma sopa tão boa que os vizinhos batiam à porta para pedir um prato.
- {h} fazia o jantar para quem batesse à sua porta, e nunca perguntava o nome.

friend:
- {c.Seu} melhor amig{c.o} era {c.the} {c}.
- Tinha {c.um} amig{c.o}, {c.the} {c}, que [ria de tudo|falava pouco e comia muito|sempre tinha fome].
- Morava ao lado {c.of} {c}, e entre {b.os_dois} não havia segredos.
- Andava sempre com {c.the} {c}, que [perguntava tudo|nunca tinha pressa|tinha frio até no verão].
- {c.The} {c} morava na casa ao lado, e não passava um dia sem um lanche para {b.os_dois}.
- Com {c.the} {c}, dividia [o pão, a sopa e o guarda-chuva|a horta e a lenha].
- Quando {h} tinha um problema, chamava {c.the} {c}; quando {c} tinha fome, chamava {h}.
- Todas as tardes vinha {c.the} {c} comer pão com mel e falar um pouco de tudo.
- {h.The} e {c.the} {c} eram amig{b.os} desde sempre, e não se lembravam por quê.

weather.spring:
- Cheirava a grama, e em cada galho cantava um pássaro.
- Havia flores [em todas as janelas|até nos telhados].
- Chovia e fazia sol, tudo ao mesmo tempo, como sempre na primavera.
weather.summer:
- Fazia [tanto calor|um calor] que até as sombras procuravam sombra.
- O céu estava azul de ponta a ponta.
weather.autumn:
- As folhas caíam, e o caminho parecia um tapete.
- Soprava um vento frio que cheirava a [lenha|terra].
- As nuvens passavam pelo céu com pressa.
weather.winter:
- Fazia tanto frio que as palavras viravam fumaça.
- A manhã estava branca: os galhos, os telhados e até o silêncio.
- O vento era tão frio que {c} andava de costas.

set_out:
- {H} pôs [pão e queijo|três maçãs|pão e goiabada] numa bolsa e se pôs a caminho com {c}.
- {H} não pensou duas vezes: chamou {c}, e saíram [na mesma hora|com o lanche numa cesta].
- [No dia seguinte|Na manhã seguinte], {h} e {c} [saíram de casa com o lanche|tomaram o caminho velho].
- {H} assobiou duas vezes, e {c} apareceu com [a bolsa no ombro|o cachecol no pescoço].
- {H} deixou um bilhete na porta, “Volto logo”, e partiu com {c}.
- {c} quis ir também, e {h} achou bom: um caminho comprido fica mais curto a dois.

road:
- Pelo caminho contaram nuvens, e quando as nuvens acabaram, contaram pedras.
- Andaram até o meio-dia e comeram à sombra de [uma árvore|uma figueira|um muro].
- {c} cantava [baixinho|muito mal], e {h} pensava no lanche.
- Passaram por [uma casa sem porta|um poço sem balde|um moinho sem moleiro] e inventaram uma história.

say.ready:
- — É longe? — perguntou {c}. // — O bastante para levar lanche — disse {h}.
- — E se não houver caminho? — perguntou {c}. // — Então nós fazemos um — respondeu {h}.
- — Eu levo o queijo — disse {c}. // — E eu levo quem vai comer o queijo — disse {h}.
- — Voltamos antes da noite — disse {h}. // — Você disse isso da última vez — suspirou {c}.
- — Você está com medo? — perguntou {c}. // — Um pouco. E você? // — Também — disse {c}. — Melhor: assim dá menos para
  cada um.

say.stuck:
- — Não tem jeito — disse {c}.
- — Melhor voltar para casa — suspirou {c}. — Aqui não há nada a fazer.
- — Já tentamos tudo — disse {c}. // — Tudo não — respondeu {h}. — Ainda não pensamos.
- — E agora? — perguntou {c}. // — Agora, o lanche — disse {h}. — Com fome ninguém pensa.
- — Amanhã vai ser melhor — disse {c}. // — Amanhã vai ser igual, mas com mais fome — respondeu {h}.
- — Eu avisei — disse {c}. // — Você não disse nada. // — Mas pensei.

say.tired:
- — Não consigo — disse {h}. // — Hoje não — respondeu {c}. — Amanhã, quem sabe.
- — É impossível — suspirou {h}. // — Ontem também era, e ontem foi pior — disse {c}.
- — Vou desistir — disse {h}. // — Está bem — disse {c}. — Antes ou depois do lanche? // — Depois — disse {h}, e depois
  não desistiu mais.
- — Amanhã tento outra vez — disse {h}. // — E eu olho outra vez — disse {c}.

need.hungry:
- Junto a uma fonte encontraram {k.a} chamad{k.o} {k}, que não comia fazia dois dias. {h} partiu seu pão e lhe deu o
  pedaço maior.
- No caminho, {k.a} chamad{k.o} {k} olhava para a bolsa vazia. {h} lhe deu [seu lanche|seu queijo] e disse que não tinha
  fome, embora a barriga fizesse barulho.
need.thorn:
- À beira do caminho chorava {k.a} chamad{k.o} {k}, com um espinho no pé. {h} tirou o espinho com cuidado, enquanto {c}
  contava uma piada muito ruim.
- Ouviram um gemido. Era {k.a} chamad{k.o} {k}, com um espinho na mão. {h} tirou o espinho bem devagar e lhe deu seu
  lenço.
need.cold:
- Debaixo de uma árvore tremia de frio {k.a} chamad{k.o} {k}. {h} lhe deu seu cachecol e nunca o pediu de volta.
- Junto ao rio tremia de frio {k.a} chamad{k.o} {k}, que tinha caído na água. {h} acendeu um fogo e lhe deu sua manta.
need.mud:
- {k.A} chamad{k.o} {k} puxava uma carroça presa na lama. {h} e {c} empurraram até ela sair.
- Numa curva, a carroça de batatas de {k.a} chamad{k.o} {k} tinha virado. {h} e {c} guardaram todas as batatas, até a
  última.
need.net:
- Junto ao rio encontraram {k.a} chamad{k.o} {k}, dentro de uma rede velha. {h} cortou os nós um a um, sem pressa.
- {k.A} chamad{k.o} {k} estava pres{k.o} numa rede, entre dois galhos. {h} subiu e cortou a corda, e {c} pôs a manta
  embaixo.
need.glasses:
- {k.A} chamad{k.o} {k} tinha perdido os óculos na grama. {h} logo os viu: estavam num galho, bem em cima da sua cabeça.
- No caminho, {k.a} cumprimentava muito séri{k.o} um tronco. Chamava-se {k} e tinha perdido os óculos. {h} procurou uma
  hora inteira, e os encontrou numa poça.

thanks:
- — Um dia eu retribuo — disse {k}.
- — Não vou esquecer — disse {k}, e foi embora [cantando|bem devagar].
- — Quanto devo? — perguntou {k}. // — Nada — disse {h}. — Outro dia é a sua vez.
- {k} agradeceu três vezes e partiu por uma trilha.
- {k} quis pagar, mas {h} disse que um favor não pesa.

back:
- Então apareceu {k.the}. {k} não tinha esquecido.
- Pelo caminho vinha {k}, sem pressa e com um sorriso.
- — Agora é a minha vez — disse alguém. Era {k}.
- {h} assobiou sem muita vontade, e de trás das árvores respondeu outro assobio: era {k}.
- — Problemas? — disse uma voz. {h} se virou e viu {k}, {k.the}.

wall.river:
- Mas a chuva tinha enchido o rio, e a ponte não estava mais lá.
- Mas junto ao rio não havia ponte: havia uma placa que dizia “Aqui houve uma ponte”.
- O rio lhes fechou a passagem. Era largo, frio e [fazia muito barulho|não tinha ponte].
fail.river:
- {H} tomou impulso e pulou, mas o rio era largo demais. Saiu molhad{h.o} na mesma margem.
- Jogaram um tronco na água para atravessar em cima dele, e a água o levou como uma palha.
- Fizeram um barco com galhos. Durou muito pouco, e voltaram nadando para a margem.
- {c} pôs um pé na água e o tirou na mesma hora: estava fria e puxava com força.
- {H} quis passar de pedra em pedra, mas a terceira pedra era um sapo, e o sapo não queria ser ponte.
solve.river.bold:
- {H} amarrou uma corda na cintura, respirou fundo e atravessou nadando. Depois puxou a corda, e {c} veio atrás.
- {H} se jogou na água outra vez e chegou nadando ao outro lado, com uma corda. Por ela passou {c}.
solve.river.mind:
- {H} olhou o rio por um bom tempo. Mais acima havia uma árvore seca; empurraram, e ela caiu bem de margem a margem. Já
  tinham ponte.
- {H} jogou uma folha na água e foi atrás dela pela margem. A folha parou onde a água era mais tranquila, e por ali
  passaram.
solve.river.calm:
- {H} se sentou para esperar. Quando a chuva parou no monte, a água baixou, e passaram pelas pedras.
- {H} foi jogando uma pedra, e outra, e outra, sem pressa. No fim da tarde já tinham um caminho.
solve.river.warm:
- {H} começou a cantar, e na outra margem apareceu um barqueiro, que levou {b.os_dois} em troca de outra canção.
- {H} dividiu o lanche com um barqueiro que dormia entre os juncos, e o barqueiro levou {b.os_dois} para o outro lado.
idea.river:
- {c} mostrou o rio mais abaixo, onde a água não corria. Por ali passaram, com a água nos joelhos.
- {c} amarrou a corda num galho, e pularam com ela por cima da água. Caíram do outro lado, {h} primeiro e {c} em cima.
back.river:
- {k} conhecia uma passagem de pedras escondida entre os juncos e guiou {b.os_dois} até a outra margem.
- {k} tinha um barco velho entre os juncos e levou {b.os_dois} para o outro lado.

wall.gate:
- Mas o caminho terminava num portão de ferro mais alto que uma árvore, e estava fechado.
- No fim do caminho havia um muro, no muro um portão, e no portão nem chave nem sino.
- Um portão enorme fechava a passagem. Alguém tinha escrito nele: “Hoje não”.
fail.gate:
- Empurraram {b.os_dois} ao mesmo tempo. O portão não se mexeu nem um dedo.
- {H} subiu pelo muro, mas as pedras estavam cobertas de limo, e desceu mais depressa do que subiu.
- {c} bateu com a mão, com o pé e com a cabeça. Ninguém abriu.
- {H} pôs um galho no buraco da chave. O galho quebrou, e não houve mais buraco.
- Quiseram cavar por baixo, mas a um palmo da grama tudo era rocha.
solve.gate.bold:
- {H} subiu de novo, desta vez sem olhar para baixo. Chegou em cima, pulou para o outro lado e abriu por dentro com um
  dedo só.
- {H} continuou batendo, uma hora, duas horas, até que o guarda se levantou da sesta e abriu para não ouvir mais nada.
solve.gate.mind:
- {H} olhou o portão de perto e começou a rir. Não estava fechado: era preciso puxar, não empurrar.
- {H} seguiu o muro com a mão. A vinte passos daquele portão tão grande havia um buraco, e por ele passaram.
solve.gate.calm:
- {H} se sentou contra o muro e esperou. Logo chegou o guarda com a chave: só tinha saído para comer.
- {H} levantou uma a uma as pedras do muro, sem pressa. Debaixo da última estava a chave.
solve.gate.warm:
- {H} disse bom-dia com alegria, mesmo sem ver ninguém. Do outro lado morava um guarda muito sozinho, que abriu para
  falar um pouco.
- {H} deixou metade do queijo na frente do portão, para o guarda. Saiu uma mão, e atrás da mão se abriu o portão
  inteiro.
idea.gate:
- {c} levantou o vaso que havia junto ao muro. Debaixo estava a chave, como em todas as casas.
- {c} encontrou um portão pequeno ao lado do grande. // — Para os que chegam tarde — leu.
back.gate:
- {k} levava a chave pendurada no pescoço: era o portão da sua horta.
- {k} assobiou uma canção, e por dentro alguém abriu. O guarda era seu primo.

wall.slope:
- À frente começava uma ladeira de pedras soltas, íngreme como um telhado.
- E então veio a ladeira. Era tão alta que [as nuvens se apoiavam nela|até o caminho parecia cansado].
- E de repente o caminho virou uma ladeira de lama e pedras.
fail.slope:
- {H} deu dois passos para cima e escorregou três para baixo.
- {H} subiu correndo até a metade e desceu sentad{h.o} até lá embaixo.
- Fizeram um bastão com um galho, mas o bastão afundou nas pedras e não quis sair.
- {c} tentou subir de costas. Desceu igual.
- Subiram {b.os_dois} de mãos dadas, e desceram do mesmo jeito.
solve.slope.bold:
- {H} firmou os pés e subiu sem olhar para trás. Lá de cima jogou uma corda para {c}.
- {H} se levantou, tirou a poeira e voltou a subir. Escorregou quatro vezes e subiu cinco.
solve.slope.mind:
- {H} pensou em como descem as folhas, de um lado para o outro, e subiram igual: um pouco para a direita, um pouco para
  a esquerda.
- {H} viu que junto à ladeira havia árvores pequenas. De galho em galho, como por uma escada, chegaram lá em cima.
solve.slope.calm:
- {H} quis dar dez passos e descansar, dez passos e descansar. Assim a ladeira acabou antes da vontade.
- {H} foi tirando as pedras soltas, uma a uma, e atrás ficou uma trilha. Levaram a tarde inteira, mas subiram.
solve.slope.warm:
- {H} deu a mão a {c} e começou a cantar. Quem canta não olha para baixo, e assim chegaram lá em cima.
- {H} levou a bolsa de {c}, e {c} puxou {h}. A dois, a ladeira tinha a metade da altura.
idea.slope:
- {c} deixou as botas embaixo, e sem botas chegaram lá em cima com os pés cheios de lama.
- {c} jogou uma corda até uma árvore mais acima. Na terceira vez a corda se prendeu, e subiram por ela.
back.slope:
- {k} afastou uns galhos: atrás havia uma escada de pedra tão velha que ninguém se lembrava dela.
- {k} conhecia a trilha das cabras, que dava a volta no monte, e levou {b.os_dois} até em cima.

wall.mist:
- De repente desceu a neblina, e o caminho sumiu.
- Uma neblina branca cobriu o monte. {h} não via nem os próprios pés.
- No meio do caminho veio a neblina, tão grossa que parecia sopa.
fail.mist:
- Andaram uma hora em linha reta e chegaram à mesma árvore de onde tinham saído.
- {H} gritou por ajuda, mas só o eco respondeu, e o eco também não sabia o caminho.
- Seguiram uma luz pequena. Era um velho com um lampião, que também procurava o caminho.
- {c} disse que era para a esquerda. À esquerda havia uma poça muito funda.
- {H} quis deixar pedras brancas para não andar em volta, mas na neblina tudo era branco.
solve.mist.bold:
- {H} deu o braço a {c} e continuou andando, passo a passo. Meia hora depois, a neblina ficou para trás.
- {H} subiu na árvore mais alta. Lá em cima brilhava o sol, e dali se via o caminho.
solve.mist.mind:
- {H} fechou os olhos e escutou. Ao longe se ouvia o rio, e os rios sempre sabem descer: foi só ir atrás dele.
- {H} tocou os troncos: o limo crescia sempre do mesmo lado. Com as mãos no limo encontraram o caminho.
solve.mist.calm:
- {H} pôs a manta no chão e se sentou. A neblina tinha mais pressa: logo foi embora, e o caminho estava a dois passos.
- {H} decidiu não dar um passo até ver alguma coisa. Esperaram e esperaram, até que o vento se levantou e levou a
  neblina.
solve.mist.warm:
- {H} começou a cantar, e uma voz respondeu com a segunda parte. Era um pastor. De canção em canção chegaram até ele.
- {H} pôs seu casaco em {c} e contou histórias até que se acendeu uma janela. Tinham estado o tempo todo na frente de
  uma casa.
idea.mist:
- {c} cheirou o ar: cheirava a pão. E onde há pão há forno, e onde há forno há gente. Seguiram seu nariz.
- {c} amarrou uma corda numa árvore e andou em volta, cada vez mais longe, até que pisou no caminho.
back.mist:
- {k} trazia um lampião e conhecia o monte de cor. Com a luz na frente, a neblina não dava mais medo.
- {k} ia na frente com um sino, e seguiram o barulho até sair da neblina.

wall.guard:
- No meio da ponte havia um ganso enorme que não deixava ninguém passar.
- Mas na frente da ponte estava um ganso de muito mau humor.
- O caminho passava por uma ponte, e a ponte tinha dono: um ganso [branco e sério|que se achava general].
fail.guard:
- {H} cumprimentou o ganso com um sorriso, e o ganso lhe mordeu o chapéu.
- {H} tentou passar correndo, mas o ganso corria mais e bicava melhor.
- {c} se cobriu de folhas para parecer uma árvore. O ganso não acreditou.
- {H} jogou umas migalhas. O ganso comeu todas e voltou para o seu lugar.
- {c} gritou para dar medo. O ganso gritou o dobro.
solve.guard.bold:
- {H} andou direto até o ganso, olhando nos olhos dele. O ganso deu um passo para trás, depois outro, e foi olhar o rio.
- {H} passou na frente dele, devagar, sem correr e sem baixar os olhos. Até o ganso deu passagem.
solve.guard.mind:
- {H} viu que o ganso olhava o tempo todo para a grama: ali estava seu ninho. Passaram pelo outro lado, em silêncio, e o
  ganso nem se mexeu.
- {H} pôs um espelho no chão. O ganso encontrou enfim alguém tão sério como ele e ficou ao seu lado.
solve.guard.calm:
- {H} se sentou para esperar. Os gansos também dormem: no meio da tarde pôs a cabeça debaixo da asa, e passaram na ponta
  dos pés.
- {H} deu um passo a cada dez minutos, sem barulho. Quando o ganso percebeu, já estavam do outro lado.
solve.guard.warm:
- {H} perguntou ao ganso o que havia. Ninguém nunca lhe perguntava nada; o ganso chorou um pouco e deixou passar
  {b.os_dois}.
- {H} contou uma piada. O ganso não queria rir, mas riu, e um ganso que ri não dá medo.
idea.guard:
- — Por favor? — disse {c}. // O ganso ficou muito surpreso. // — Isso ninguém nunca diz — respondeu, e foi embora.
- {c} abriu e fechou o guarda-chuva de golpe, três vezes. O ganso pulou na água, e a ponte ficou livre.
back.guard:
- — Boa tarde, general — disse {k}. O ganso bateu continência e deixou passar {b.os_dois}.
- {k} falou no ouvido do ganso, e ninguém soube o que disse; mas o ganso pediu perdão.

wall.thorns:
- Um muro de espinhos fechava o caminho de lado a lado.
- Onde antes havia um caminho agora só havia espinhos.
- De repente o caminho entrava nos espinhos e não saía mais.
fail.thorns:
- {H} afastou um galho, e o galho voltou ao lugar com força e bateu no seu nariz.
- {H} quis passar de joelhos. Saiu de costas, com espinhos até nos bolsos.
- {c} bateu nos espinhos com um pau. Os espinhos ficaram com o pau.
- {H} pulou por cima, ou quase: foi preciso tirar {h} dali pelos pés.
- Procuraram pela direita e depois pela esquerda. Só encontraram mais espinhos.
solve.thorns.bold:
- {H} se cobriu com a manta, fechou os olhos e avançou. Atrás ficou um túnel, e por ele passou {c}.
- Galho a galho, com espinhos até no chapéu, {h} abriu um caminho.
solve.thorns.mind:
- {H} olhou por baixo dos espinhos. Havia uma passagem dos ratos, e por ela saíram do outro lado.
- {H} encontrou uma tábua e a deitou sobre os espinhos como uma ponte. Passaram por cima, rangendo.
solve.thorns.calm:
- {H} foi amarrando os galhos dos lados, um a um, sem pressa. De tarde havia uma porta.
- {H} cortou um espinho, e outro, e outro. No fim do dia os espinhos tinham acabado, e {h} ainda não.
solve.thorns.warm:
- {H} dividiu o pão com um pastor que passava, e as cabras do pastor comeram os espinhos como se fossem bolo.
- {H} cantou para os espinhos. Não adiantou nada, mas um velho que ouviu trouxe uma tesoura enorme e muita vontade de
  ajudar.
idea.thorns:
- {c} quis puxar os galhos com a corda, de longe. Puxaram {b.os_dois}, e abriu-se um buraco bem grande.
- {c} encontrou um túnel atrás de uma pedra. Saíram do outro lado com terra nas orelhas.
back.thorns:
- {k} sabia por onde passavam os ratos, e guiou {b.os_dois} por baixo sem um só espinho.
- {k} vinha com uma tesoura grande e deixou o caminho como novo.

wall.pit:
- Não viram o buraco. De repente estavam {b.os_dois} no fundo, olhando um pedaço redondo de céu.
- O chão se abriu debaixo dos seus pés, e caíram num [buraco fundo|poço seco].
- Alguém tinha feito um buraco no meio do caminho, debaixo das folhas. Caíram dentro, primeiro {c} e depois {h}.
fail.pit:
- {H} pulou com toda a força. Faltou [um palmo|quase nada], e um palmo é muito quando falta.
- {c} subiu nos ombros de {h}, mas nem assim chegava à borda.
- Gritaram até perder a voz. Lá em cima só apareceu uma rã, que não tinha corda.
- Fizeram uma escada na terra com as mãos, e a terra caiu.
- {H} jogou seu cachecol para cima. O cachecol se prendeu, mas no nariz de {c}.
solve.pit.bold:
- {H} firmou as mãos na terra e subiu pouco a pouco. Depois baixou um galho para {c}.
- {H} tentou dez vezes. Na vez seguinte tocou a borda, e lá de cima deu a mão a {c}.
solve.pit.mind:
- {H} contou as pedras do fundo: havia trinta. Com trinta pedras se faz uma escada, e por ela saíram.
- {H} viu uma raiz que saía da parede. Amarrou ali a corda com um nó duplo, e subiram.
solve.pit.calm:
- {H} tirou uma colher da bolsa e fez um degrau, e depois outro. Na hora do jantar estavam em cima.
- {H} esperou em silêncio. Quando ouviu passos, assobiou uma vez, e uma velha lhes jogou uma corda.
solve.pit.warm:
- {H} começou a cantar no fundo do buraco. Um carroceiro pensou que a terra cantava, olhou e lhes jogou uma corda.
- {H} animou tanto {c} que {c} pulou como nunca, chegou à borda e puxou {h} pela mão.
idea.pit:
- {c} amarrou seu casaco no de {h}, e os dois numa raiz. Com essa corda tão estranha saíram.
- {c} lembrou que na bolsa havia uma corda. Estava ali o dia todo, debaixo do queijo.
back.pit:
- {k} olhou da borda, amarrou uma corda numa árvore e tirou {b.os_dois} dali.
- {k} empurrou um galho comprido até o fundo, e subiram por ele.

wall.cow:
- Uma vaca dormia no meio da ponte, e a ponte era tão estreita que não cabia mais ninguém.
- Na ponte havia uma vaca dormindo. Por baixo corria o rio, e dos lados não havia passagem.
- O caminho estava fechado. Não por um muro nem por um rio: por uma vaca que dormia a sesta.
fail.cow:
- Empurraram a vaca {b.os_dois} ao mesmo tempo. A vaca suspirou e não se mexeu.
- {c} cantou no ouvido da vaca. A vaca roncou mais alto.
- {H} fez cócegas nela com uma folha. A vaca sorriu, mas não acordou.
- {H} puxou a corda que ela tinha no pescoço. Era como puxar um monte.
- {c} explicou o problema, com palavras muito boas. A vaca mexeu uma orelha.
solve.cow.bold:
- {H} respirou fundo, tomou impulso e pulou por cima da vaca. {c} passou atrás, de olhos fechados.
- {H} empurrou mais uma vez, e outra, e outra, até que a vaca se levantou e foi dormir em outro lugar.
solve.cow.mind:
- {H} pôs grama do outro lado da ponte. A vaca abriu um olho, depois o outro, e se levantou sozinha.
- {H} procurou um sino e o tocou como na hora do jantar. A vaca foi para casa.
solve.cow.calm:
- {H} se sentou ao lado da vaca e esperou. Quando o sol bateu nos seus olhos, a vaca acordou, deu bom-dia e foi embora.
- {H} disse que também era hora da sesta. Dormiram {b.os_dois} junto à vaca, e depois a vaca não estava mais lá.
solve.cow.warm:
- {H} fez carinho na cabeça da vaca e lhe contou uma história. A vaca se levantou e seguiu {b.os_dois} meia tarde.
- {H} deu bom-dia com tanta alegria que a vaca acordou, pediu perdão e deixou a ponte livre.
idea.cow:
- {c} chegou perto e disse: “Muu”. A vaca se levantou na mesma hora. {c} nunca quis contar o que tinha dito.
- — Podemos passar por cima — disse {c}. // Passaram, e a vaca nem percebeu.
back.cow:
- — Para casa — disse {k}, e a vaca se levantou na mesma hora.
- {k} fez carinho atrás da orelha esquerda da vaca, onde só os amigos sabem, e a vaca deu passagem.

title.remedy:
- A flor azul
- Um remédio para {e.the}
title.letter:
- A carta
- Uma carta de longe
title.honey:
- O bolo de mel
- {h} procura mel
title.spring:
- A fonte escondida
- O poço seco
title.ember:
- A brasa
- A noite sem fogo
title.dawn:
- O sol que nasce duas vezes
- O alto do monte
title.visit:
- A visita
- Mais dois pratos
title.fair:
- O caminho da feira
- {h} vai à feira
title.debt:
- {o.Full} {e.of}
- O caminho de volta
title.river:
- O rio cheio
title.gate:
- O portão de ferro
title.slope:
- A ladeira
title.mist:
- A neblina
title.guard:
- O ganso da ponte
title.thorns:
- O caminho de espinhos
title.pit:
- O buraco
title.cow:
- A vaca da ponte
title.quest:
- {h} e {c} a caminho
- O caminho de {h}
- A viagem {h.of}
- {h.The} e {c.the}

wish.remedy:
- Um dia, {e.the} de {h} ficou doente. O médico disse que só uma flor azul podia curar a doença, e a flor azul crescia
  [do outro lado do monte|muito longe dali].
- {day.Up}, {e.the} de {h} não se levantou da cama. Precisava de uma flor azul, daquelas que só crescem do outro lado do
  monte.
- {e.The} de {h} tossia dia e noite. Todos {p.inside} conheciam o remédio, uma flor azul, mas ninguém sabia de nenhuma
  por perto.
reach.remedy:
- Do outro lado do monte, entre duas pedras, crescia a flor azul. {h} a levou para casa, e [na manhã seguinte|dois dias
  depois] {e.seu} {e} pediu [sopa|pão com mel].
- Encontraram a flor azul [junto a uma fonte|à sombra de um muro]. Com ela fizeram uma sopa tão ruim que {e.the} de {h}
  se levantou para não ter que repetir.
- {H} cortou uma só flor azul e deixou as outras para os outros. Não foi preciso mais: naquela noite, {e.seu} {e} dormiu
  bem.

wish.letter:
- O carteiro tinha torcido um pé, e ficou uma carta para {e.the} de {h}, que morava do outro lado do monte. “Vou eu”,
  disse {h}.
- Chegou {p.to} uma carta para {e.the} de {h}. No envelope dizia “urgente”, mas {e.the} morava longe, e ninguém queria
  ir.
reach.letter:
- No fim do dia, {h} entregou a carta. Dizia só: “Sinto sua falta. Venha jantar no domingo”. {e.Seu} {e} leu três vezes.
- {e.Seu} {e} abriu a carta com muito cuidado e começou a rir: era uma carta sua, que tinha dado a volta ao mundo.
- {e.Seu} {e} leu a carta em silêncio, guardou-a junto ao coração e pôs mais dois pratos na mesa.

wish.honey:
- No dia seguinte era a festa {p.of}, e não havia mel para o bolo. O melhor mel estava do outro lado do monte.
- Para a festa {p.of}, {h} queria fazer um bolo de mel. Tinha farinha, mas não tinha mel, e as abelhas estavam longe.
reach.honey:
- As abelhas pensaram um pouco e lhe deram um pote cheio. Naquela noite, do bolo não ficou nem uma migalha.
- Voltaram com um pote de mel cheio até a metade; a outra metade, {c} levava na cara. O bolo saiu torto, e ninguém
  deixou nem uma migalha.
- {H} cumprimentou as abelhas, encheu um pote e agradeceu. O bolo saiu tão bom que todos quiseram outro pedaço.

wish.spring:
- Um dia secou o poço {p.of}, e as pessoas começaram a [discutir por cada balde|guardar a água em xícaras]. {h} decidiu
  procurar uma fonte.
- O poço {p.of} ficou sem água. Diziam que havia uma fonte escondida do outro lado do monte, e {h} saiu à procura dela.
reach.spring:
- Atrás de uma rocha se ouvia a água. {h} bebeu, riu e tirou três pedras, e a fonte desceu correndo até {p.the}.
- Ali estava a fonte, [fria e clara|pequena e sem dono]. No dia seguinte todos foram com baldes, e ninguém voltou a
  discutir.

wish.ember:
- {day.Up}, o vento entrou em todas as casas {p.of} e não deixou nem um fogo. Longe, no alto do monte, brilhava uma luz.
  {h} quis trazer uma brasa.
- Um dia se apagaram todos os fornos {p.of}, e ninguém tinha fogo. {h} foi procurar do outro lado do monte.
reach.ember:
- Uma velha lhes deu uma brasa dentro de uma panela. {h} a levou para casa com muito cuidado, e nessa noite voltou a
  sair fumaça de todas as casas.
- Numa casa pequena encontraram um fogo e, ao lado, alguém que não o vendia: dava. Com uma só brasa se acenderam todos
  os fornos {p.of}.

wish.dawn:
- {h} tinha ouvido dizer que no alto do monte o sol nasce duas vezes: uma no céu e outra no mar. Queria ver.
- {e.The} de {h} contava que uma vez viu o sol nascer no alto do monte e que desde então não teve pressa. {h} quis ver
  também.
reach.dawn:
- Chegaram lá em cima de noite e esperaram debaixo da mesma manta. O sol nasceu devagar, primeiro no céu e depois no
  mar, e {c} se esqueceu do frio.
- No alto não havia nada: só uma pedra e o céu todo. Quando o sol nasceu, {h} não disse uma palavra, e {c}, por uma vez,
  também não.

wish.visit:
- Fazia [um ano|muito tempo] que {h} não via {e.seu} {e}, que morava do outro lado do monte. {day.Up}, decidiu ir até
  lá.
- {h} sentia saudade {e.of}, que agora morava longe, do outro lado do monte. “Vou”, pensou, e procurou as botas.
reach.visit:
- {e.Seu} {e} abriu a porta, olhou {h} de cima a baixo e disse que estava mais alt{h.o}. Não era verdade, mas soava bem.
- Na casa {e.of} cheirava a sopa. {e.Ele} não perguntou nada: pôs mais dois pratos e deixou a porta aberta.
- {e.Seu} {e} estava na janela, olhando o caminho, como todas as tardes. Naquela tarde o caminho trazia alguém.

wish.fair:
- {h} queria vender {g} na feira, para comprar [um telhado novo|um casaco para o inverno|uma janela]. A feira era do
  outro lado do monte.
- Era o dia da feira, do outro lado do monte, e {h} levava {g} para vender.
reach.fair:
- Na feira, {h} vendeu tudo antes do meio-dia, e com a última moeda comprou [um apito|um doce] para {c}.
- Na feira, {h} vendeu a metade e deu a outra metade. Voltou com pouco dinheiro e muitos amigos.
- Ninguém vendeu tanto como {h} na feira inteira. Ninguém comeu tanto como {c}.

wish.debt:
- {h} tinha em casa {o.new} que não era {h.dele}: {e.seu} {e} tinha emprestado fazia três anos. Já era hora de ir ao
  outro lado do monte para devolver.
- {day.Up}, procurando outra coisa, {h} encontrou {o.new}. Era {e.of}, que morava do outro lado do monte e nunca tinha
  pedido nada de volta. Era preciso devolver.
reach.debt:
- — {o.The}? — disse {e.seu} {e}. — Eu já nem lembrava. Pode ficar. // {h} olhou {o.the}, olhou o caminho e começou a
  rir.
- {e.Seu} {e} pôs {o.the} na janela, onde havia um lugar vazio fazia três anos.
- {H} entregou {o.the} e pediu perdão. // — Você chegou na hora — disse {e.seu} {e}. — A sopa está quente.

title.lost:
- {o.Full}
- Onde está {o.the}?
- {h} perde {o.a}
lost.dear:
- O que {h} mais amava no mundo era {o.new} que tinha ganhado {e.of}.
- Na mesa de {h} havia sempre {o.new}. Tinha sido {e.of}, e {h} {o.o} limpava todas as noites.
- {h} não ia a lugar nenhum sem {o.new}, um presente {e.of}.
lost.gone:
- {day.Up}, {h} foi buscar {o.the} e não estava no lugar.
- {day.Up}, {o.the} sumiu.
- {day.Up}, {h} acordou com uma sensação estranha. Olhou a mesa: {o.the} não estava mais lá.
lost.say:
- — E onde estava? — perguntou um vizinho. // — Se eu soubesse — disse {h} —, não estaria procurando.
- — Como era? — perguntou uma vizinha. // — Era {o.full} mais bonit{o.o} do mundo — disse {h}, e sua voz tremeu.
- — Tudo aparece — disseram. // — E o que não aparece? — perguntou {h}. Ninguém soube o que dizer.
lost.look:
- {H} olhou debaixo da cama e encontrou [uma meia|duas nozes|muita poeira], mas não {o.the}.
- {H} olhou no armário e encontrou [uma vela|um botão|uma carta velha], e mais nada.
- {H} procurou no celeiro, saco por saco. Encontrou um rato muito surpreso e mais nada.
- {H} olhou no poço, por via das dúvidas. Lá do fundo, outr{h.o} {h} olhou para cima, igualmente triste.
- {H} procurou na horta, entre as alfaces. Também não estava ali.
- {H} voltou a andar o caminho todo, olhando debaixo de cada pedra. Nada.
lost.ask:
- {H} perguntou aos vizinhos um por um. Todos se lembravam {o.full_of}; ninguém {o.o} tinha visto.
- {H} pôs um cartaz na praça: “Procura-se {o.new}”. Embaixo alguém escreveu: “E eu procuro um guarda-chuva”.
- Um menino disse que tinha visto {o.the} no céu. Ninguém acreditou.
lost.found.bag:
- Cansad{h.o}, {h} caiu numa cadeira, e alguma coisa doeu nas suas costas. Era {o.the}: tinha passado o dia todo na sua
  bolsa.
- No fim, {h} abriu a bolsa para pegar um lenço e chorar um pouco. Dentro, debaixo do lenço, estava {o.the}.
lost.found.nest:
- Então {h} viu que alguma coisa brilhava no alto de uma árvore. Um pássaro tinha levado {o.the} para o ninho. {h} deu
  um botão em troca, e o pássaro disse que sim.
- Na árvore mais alta, dentro de um ninho, estava {o.the}, e em cima havia um ovo azul. {h} esperou três semanas, até
  que o pássaro saiu.
lost.found.mended:
- De noite bateram à porta. Era {e.seu} {e}, com {o.the} debaixo do braço: tinha uma rachadura, e {e.ele} {o.o} tinha
  levado para consertar e fazer uma surpresa.
- {e.Seu} {e} chegou com um pacote. // — Estava quebrad{o.o} e você não queria dizer — disse. — Agora não está mais. //
  Era {o.the}, como nov{o.o}.
lost.found.child:
- Atrás da casa dormia {k.a} muito pequen{k.o}, com {o.the} entre os braços. // — Não gosto de dormir sozinh{k.o} —
  disse {k}. // {h} se sentou ao seu lado. Desde aquele dia, {o.the} foi {d.dos_dois}.
- Na ponte estava {k.a} chamad{k.o} {k}, com {o.the} nas mãos: tinha achado no chão e não sabia de quem era. {h} ficou
  tão contente que chamou {k} para jantar.
moral.lost:
- O que se procura com pressa se encontra com calma.
- Desde então, {h} guarda {o.the} junto à porta e dá boa-noite todos os dias.

title.astray:
- Onde está {c}?
- A sopa fria
- {h} procura {c}
astray.out:
- Um dia, {c} saiu para buscar [lenha|amoras|maçãs] e não voltou na hora do jantar.
- {day.Up}, {c} foi [à fonte|ao moinho|à feira] e não voltou.
- {day.Up}, {c} disse “volto logo”, e passaram [duas|três|quatro] horas.
astray.worry:
- {H} pôs dois pratos na mesa. A sopa de {c} ficou fria.
- {H} olhou pela janela até não se ver mais o caminho. Então acendeu [o lampião|uma vela] e saiu para procurar {c}.
- {H} esperou um pouco, e mais um pouco, e depois vestiu o casaco.
astray.search:
- {H} chamou {c} da ponte, e só o eco respondeu.
- {H} perguntou no moinho. O moleiro não tinha visto ninguém o dia todo.
- {k.A} chamad{k.o} {k} tinha visto passar alguém na direção do bosque, com muita pressa e uma cesta.
- {H} olhou na caverna e atrás da caverna. Ninguém.
- {H} correu até a fonte. No banco de sempre não havia ninguém.
astray.sign:
- E então, num galho, viu [um botão|um fio vermelho] do casaco de {c}.
- Na lama, enfim, havia umas pegadas que {h} conhecia muito bem.
- Junto ao caminho brilhava alguma coisa: era [o apito|o canivete|a cesta] de {c}.
- {H} parou e escutou. Muito longe, alguém cantava mal. Só {c} cantava assim.
astray.found:
- {c} dormia debaixo de uma mangueira, com a cesta cheia e um sorriso. // — Já é hora do jantar? — perguntou.
- {c} estava na margem do rio e não podia andar. {h} {c.o} levou para casa nos braços, e {c} foi o caminho todo contando
  piadas para pesar menos.
- {c} estava no alto de uma árvore, olhando o sol ir embora, e não sabia descer. {h} também não sabia, mas subiu, e
  desceram junt{b.os}.
- {c} cuidava de um pássaro de asa quebrada. // — Ele estava sozinho — disse {c}. // {h} se sentou ao seu lado, e
  ficaram ali até a madrugada.
- Numa curva se encontraram de repente. // — Eu estava procurando você! — disseram {b.os_dois} ao mesmo tempo.
astray.pit:
- {H} chegou correndo e não viu o buraco. {c} estava no fundo, e agora {h} também.
- {c} estava no fundo de um buraco muito fundo. // — Não chegue perto — gritou —, que a borda quebra. // {h} chegou
  perto, e a borda quebrou.

title.make.kite:
- A pipa
- Uma pipa para o vento
title.make.boat:
- O barco
- O barco de {h}
title.make.oven:
- O forno
- O forno da praça
make.wish.kite:
- {H} queria fazer uma pipa, a maior de todas, para ver quem morava nas nuvens.
- {day.Up}, soprava um vento tão bom que {h} decidiu fazer uma pipa.
make.wish.boat:
- {H} queria fazer um barco para atravessar o lago e ver o que havia na outra margem.
- Todas as tardes {h} olhava o lago. {day.Up}, decidiu fazer um barco e parar de olhar.
make.wish.oven:
- {H} queria fazer um forno na praça, para que ninguém comesse o pão frio.
- {day.Up}, {h} decidiu fazer um forno de barro, grande e redondo, para todos os vizinhos.
make.fail.kite:
- A pipa subiu, deu duas voltas e caiu [num telhado|na horta ao lado].
- A pipa pesava tanto que não voou: foi {h} quem voou, ladeira abaixo, atrás dela.
- A pipa se quebrou no meio e caiu no chão como um pássaro cansado.
make.fail.boat:
- O barco flutuou muito bem. Flutuou virado.
- O barco se encheu de água antes de sair, e {h} voltou para a margem com uma rã no chapéu.
- O barco girava e girava sem ir a lugar nenhum, até que {c} ficou tont{c.o} só de olhar.
make.fail.oven:
- O forno soltou tanta fumaça que os vizinhos saíram com baldes.
- O barro secou depressa demais, e o forno se partiu em dois.
- O pão saiu tão duro que {c} o usou de cadeira.
make.laugh:
- Quem passava ria. Um perguntou se aquilo era [um chapéu|uma galinha|uma brincadeira].
- {c} não riu. Bem, riu um pouco, mas depois trouxe [água|uma manta|pão] e ficou para ajudar.
- — Pelo menos é bonito — disse {c}. // — Não — disse {h} —, mas obrigad{h.o}.
- Um velho que olhava de um banco balançou a cabeça e não disse nada.
make.tip.kite:
- Passou por ali {k.a} chamad{k.o} {k} e olhou tudo com calma. // — Falta o rabo — disse. — Sem rabo, uma pipa não sabe
  onde está o chão.
- {k.A} chamad{k.o} {k} pegou a linha entre dois dedos. // — Pesa na frente e voa atrás — disse. — Ponha um rabo bem
  comprido.
make.tip.boat:
- {k.A} chamad{k.o} {k} olhou o barco por cima e por baixo. // — Falta resina — disse. — E uma pedra no fundo, para ele
  ir direito.
- — Isso não é um barco — disse {k}, {k.a} que passava pela margem. — É uma cesta. // E trouxe resina e mostrou como
  fechar os buracos.
make.tip.oven:
- {k.A} chamad{k.o} {k} tocou o barro com um dedo. // — Falta palha — disse. — E tempo à sombra.
- {k.A} chamad{k.o} {k} deu uma volta no forno, e outra. // — Um forno seca como o queijo — disse —: à sombra e sem que
  ninguém toque.
make.back.kite:
- No dia seguinte {k} voltou com um cachecol vermelho e comprido. Era o rabo que faltava à pipa.
make.back.boat:
- No dia seguinte {k} voltou com um balde de resina. Trabalharam junt{d.os} a tarde toda.
make.back.oven:
- No dia seguinte {k} voltou com um saco de palha. // — O barro sozinho não pode — disse. — Ninguém pode sozinho.
make.done.kite:
- Desta vez a pipa subiu e subiu. {h} deu a linha a {c}, e {c} sentiu como o céu puxava sua mão.
- A pipa subiu direita como uma flecha. {h} e {c} olharam até doer o pescoço.
make.done.boat:
- O barco atravessou o lago sem uma gota dentro. Na outra margem havia outra casa, e alguém que fazia anos olhava para
  cá.
- O barco flutuou direito e tranquilo. {h} e {c} chegaram à metade do lago e comeram ali, com os pés na água.
make.done.oven:
- O pão saiu redondo e quente. {h} o partiu em pedaços, e deu para todos, embora os pedaços fossem pequenos.
- O forno acendeu na primeira. Desde aquele dia a praça cheirou a pão, e ninguém voltou a comer sozinho.

title.learn.swim:
- {h} aprende a nadar
- O lago
title.learn.read:
- A primeira palavra
- {h} aprende a ler
title.learn.dance:
- O baile
- {h} aprende a dançar
learn.wish.swim:
- Todos sabiam nadar menos {h}, que da margem olhava a ilha do lago, com sua única árvore, e dizia que não tinha calor.
- {h} queria aprender a nadar, porque no meio do lago havia uma ilha com uma só árvore e ninguém dizia que árvore era.
learn.wish.read:
- {H} guardava uma carta {e.of} e não sabia ler. Podia pedir ajuda, mas queria ler sozinh{h.o}.
- Chegou uma carta para {h}. Era {e.of}, e a rua inteira quis ler. Mas {h} queria aprender a ler e ler sozinh{h.o}.
learn.wish.dance:
- Faltava um mês para o baile {p.of}, e {h} queria aprender a dançar. Até então só sabia pisar.
- {h} gostava tanto de música que os pés se mexiam sozinhos, mas cada um para o seu lado. Queria aprender a dançar.
learn.fail.swim:
- No primeiro dia, {h} bebeu tanta água que disse que o lago estava mais baixo.
- {H} mexeu os braços como as rãs e afundou como as pedras.
- {H} entrou até os joelhos, pensou nos peixes e saiu correndo.
learn.fail.read:
- As letras se mexiam como formigas, e {h} se perdia sempre na mesma linha.
- {H} leu “sopa” onde dizia “sapo”, e ficou com fome.
- {H} aprendeu a primeira letra na segunda-feira e a esqueceu na terça.
learn.fail.dance:
- {H} pisou em {c} uma vez, e outra, e mais outra. Na quarta, {c} calçou botas.
- {H} foi para a direita quando todos iam para a esquerda, e acabaram no chão.
- {H} contava os passos em voz alta, mas sempre se perdia depois do três.
learn.tip.swim:
- {k.A} chamad{k.o} {k} olhava da água. // — Deite na água como na sua cama — disse. — O lago sabe o que faz.
- — Primeiro aprenda a flutuar — disse {k}, {k.a} que morava na margem. — Nadar é flutuar com um pouco de pressa.
learn.tip.read:
- {k.A} chamad{k.o} {k} se sentou ao seu lado. // — Cada letra é uma cara — disse. — Hoje cumprimente uma. Amanhã,
  outra.
- {k}, {k.a} que sabia ler, pôs o dedo debaixo da primeira letra. // — Só esta — disse. — Amanhã, a seguinte.
learn.tip.dance:
- {k.A} chamad{k.o} {k} riu um pouco. // — Não olhe para os pés — disse. — Escute o tambor.
- — Dance como quem vai para casa — disse {k}, {k.a} de pés muito grandes. — Ninguém se perde quando vai para casa.
learn.weeks:
- {H} treinou todas as tardes, com chuva e com sol.
- Passou uma semana, e outra. {h} continuava tentando.
- {c} vinha cada tarde olhar, e trazia [nozes|uma maçã|pão com mel] se fosse preciso.
learn.done.swim:
- Uma tarde, sem saber como, {h} chegou nadando à ilha. A árvore era uma mangueira, e ainda tinha mangas.
- E um dia {h} olhou para trás e viu a margem muito longe, e {c}, muito pequen{c.o}, batendo palmas.
learn.done.read:
- Enfim {h} abriu a carta. Dizia: “Agora que você sabe ler, venha me ver”. E {h} foi.
- Enfim {h} leu a carta, da primeira palavra até a última. Era uma sopa: quanta água, quanto sal e quanta paciência. {h}
  a fez nessa mesma noite, para dois.
learn.done.dance:
- Na noite do baile, {h} não pisou em ninguém. No fim, {c} olhou as botas e disse que não precisava mais delas.
- No baile, {h} fechou os olhos e escutou o tambor. Quando os abriu, todos tinham parado para olhar.

title.gift:
- O presente
- O aniversário de {c}
- {o.Full}
gift.eve:
- Era o aniversário de {c}, e {h} levava um pacote: {o.new}. Tinha guardado dinheiro o ano todo.
- Era o aniversário de {c}. {h} tinha comprado {o.new} na feira e já via sua cara.
- {H} tinha encontrado enfim o presente perfeito para o aniversário de {c}: {o.new}.
gift.road:
- {day.Up}, {h} saiu de casa com o pacote debaixo do braço.
- {H} pôs seu melhor chapéu, pegou o pacote e foi andando bem devagar, para não quebrar nada.
- No caminho, {h} ia pensando no que dizer: “Tome, não é nada”. Mas era.
gift.give:
- Na praça chorava {k.a} chamad{k.o} {k}. Ia morar muito longe e não levava nem uma lembrança. {h} olhou o pacote, olhou
  {k} e lhe deu {o.the}.
- Na ponte, {k.a} chamad{k.o} {k} olhava a água. Tinha perdido {o.a} igual, a única coisa que restava da sua casa. {h}
  respirou fundo e lhe deu {o.full}.
- Na feira, {k.a} muito pequen{k.o} chamad{k.o} {k} vendia sua manta para comprar pão. {h} não tinha dinheiro, mas tinha
  {o.the}, e foi isso que deu.
gift.empty:
- {H} chegou à festa com as mãos vazias e as escondeu nos bolsos.
- Quando {c} abriu a porta, {h} não soube o que fazer com as mãos.
- Na casa de {c} a mesa estava cheia de pacotes. {h} ficou junto à porta.
gift.say:
- — Não trouxe nada — disse {h}. — Eu trazia {o.new}, mas… // — Eu sei — disse {c}. — Vi você da janela. É o melhor
  presente que já me deram.
- — Seu presente ficou pelo caminho — disse {h}. // — Então se sente — disse {c} — e me conte a história. Eu gosto mais.
- — Meu presente está com outr{k.o} — disse {h}. // — Era bonito? — perguntou {c}. // — Muito. // — Então está bem —
  disse {c}, e lhe cortou o pedaço maior do bolo.
gift.feast:
- Na hora do bolo bateram à porta. Era {k}, com uma flor na mão. // — É tudo o que eu tenho — disse. — Posso entrar?
- No fim da festa chegou {k} com meia feira e um tambor. Foi o aniversário mais comprido {p.of}.
- {c} não perguntou pelo presente. Mas à meia-noite, debaixo da janela, {k} começou a cantar para {b.os_dois}, e {c}
  entendeu tudo.
moral.gift:
- O que se dá não se perde: muda de casa.
- Desde então, {c} conta que naquele ano ganhou duas coisas, e que nenhuma cabia numa caixa.
- Há mãos vazias que chegam cheias.

title.quarrel:
- A briga
- De quem é {o.the}
- {b.Dois} amig{b.os} e {o.a}
quarrel.find:
- {day.Up}, {h} e {c} encontraram {o.new} no meio do caminho.
- {day.Up}, debaixo de [um banco|uma ponte|uma figueira], {h} e {c} viram {o.new} ao mesmo tempo.
quarrel.claim:
- — Eu vi primeiro — disse {h}. // — E eu toquei primeiro — disse {c}.
- — É para mim — disse {c}. // — Não, para mim — disse {h}, que nunca tinha querido {o.a}.
- — Encontramos junt{b.os} — disse {c}. // — Sim, mas mais eu — disse {h}.
quarrel.part:
- Puxaram {b.os_dois} com força e disseram coisas feias. No fim {o.the} ficou no chão, e cada qual foi pelo seu caminho.
- Disseram três palavras feias, as três de mentira. {h} foi para casa com {o.the}, e {c} foi para casa sem dizer adeus.
- Discutiram até a noite. {c} foi embora com {o.the}, e {h} fechou a porta com tanta força que caiu um prato.
quarrel.alone:
- Naquela noite a sopa não tinha gosto de nada. {h} pôs dois pratos sem pensar e guardou um.
- {H} não conseguiu dormir. Contou ovelhas, e todas tinham a cara de {c}.
- No dia seguinte aconteceu uma coisa engraçada na praça, e {h} não tinha a quem contar.
quarrel.step:
- De manhã {h} saiu para a casa de {c}. No meio do caminho encontrou {c}, que vinha para a sua.
- {H} abriu a porta para ir pedir perdão. Não precisou andar muito: {c} estava no degrau, procurando as palavras.
- Três dias depois, {h} bateu à porta de {c}. // — Quem é? // — Alguém que tem a culpa — disse {h}. // — Então somos
  {b.dois} — disse {c}, e abriu.
quarrel.peace:
- Penduraram {o.the} no galho que estava entre as duas casas, para ser da árvore e de mais ninguém.
- Desde então, {o.the} mora uma semana com {h} e outra com {c}, e aos domingos descansa.
- Deram {o.the} {k.to_a} que passava por ali e ficaram com o que queriam de verdade: o lanche das sextas-feiras.
- Depois apareceu {k.the} que tinha perdido {o.the}, e {b.os_dois} {o.o} devolveram, muito séri{b.os}, para não rir.
moral.friend:
- A dois, o caminho comprido fica curto.
- {h} soube naquele dia: as coisas vão embora, e {c} fica.
- Quem volta para casa com alguém chega duas vezes.

title.storm:
- A tempestade
- A noite do vento
- A casa de {h}
storm.sign:
- {day.Up}, {h} viu que [as formigas fechavam a porta|o cachorro do moinho não queria sair].
- {day.Up}, doeu o joelho esquerdo de {h}, que nunca se enganava.
- {day.Up}, o ar ficou parado e o céu ficou verde.
storm.warn:
- — Vem uma tempestade — disse {h} na praça. — Uma das grandes.
- {H} foi de porta em porta: era preciso guardar a lenha e amarrar os telhados.
- {H} tocou o sino e disse a todos que vinha tempestade.
storm.doubt:
- Os vizinhos olharam o céu azul e voltaram às suas coisas.
- — Você sempre olha as nuvens — riu {k}, {k.the}. // — Alguém tem que olhar — disse {h}.
- Só {c} acreditou, e olhe que {c} nunca acreditava em nada.
storm.ready:
- {H} e {c} guardaram lenha e encheram de água [a panela maior|todas as xícaras].
- {H} amarrou o telhado com cordas e pôs no fogo uma panela de sopa para vinte. // — Somos {b.dois} — disse {c}. // —
  Por enquanto — disse {h}.
storm.come:
- Naquela noite o vento chegou gritando. Voaram telhas, cadeiras e até um chapéu com o dono.
- À meia-noite o céu se quebrou, e caiu o mar.
- Primeiro foi uma gota. Depois foram todas.
storm.knock:
- Bateram à porta: era {k}, {k.the}, com a roupa molhada. Depois chegou outro vizinho, e outro. {h} abriu sempre e não
  disse “eu avisei” nem uma vez.
- {k.The} {k} chegou sem chapéu e com a água nos joelhos. Atrás vinha meia rua. {c} foi contando os pratos.
- Os vizinhos chegaram um depois do outro, até que não ficou lugar nem na escada. Alguém começou a cantar para não ouvir
  o vento.
storm.after:
- De manhã saiu o sol. Faltavam telhas e galhos, mas não faltava ninguém.
- De manhã, os vizinhos pediram perdão. // — Como você soube? — perguntou {k}, {k.the}. // — Olhei — disse {h}.
- No dia seguinte consertaram todos os telhados, e também o de {h}, que não tinha nada.
moral.storm:
- Desde então, quando dói o joelho de {h}, todo mundo guarda a lenha.
- A melhor casa não é a mais forte: é a que abre a porta.

title.swap:
- A troca
- De {o.a} a {z.a}
- {h} troca {o.a}
swap.wish:
- {h} queria dar {z.new} de presente {e.to}, mas não tinha dinheiro. Só tinha {o.new}.
- {e.Seu} {e} queria {z.new}. {h} olhou na bolsa: não havia nem uma moeda. Em casa só tinha {o.new}.
swap.first:
- No caminho encontrou {k.the} {k}, que ficou olhando {o.full}. // — Dou {x.new} em troca — disse. // {h} aceitou.
- {k.A} chamad{k.o} {k} precisava de {o.a} fazia meses, e em troca lhe deu {x.new}.
swap.second:
- Depois, {l.a} chamad{l.o} {l} suspirou ao ver {x.full}. Tinha em casa {y.new}, e trocaram.
- Junto ao moinho, {l.the} {l} parou {h}. // — Minha mãe tinha {x.a} igual — disse. — Você quer {y.new}? // {h} disse
  que sim.
swap.third:
- Na praça, um viajante olhava {y.the} com olhos de menino. Na carroça levava {z.new}. Não foi preciso dizer nada.
- Já era tarde quando uma velha viu {y.the}. // — Procuro isso a vida toda — disse, e lhe deu em troca {z.new}.
swap.good:
- Foi assim que {o.the} virou {x.a}, {x.the} virou {y.a}, e {y.the} virou {z.a}. {e.Seu} {e} abriu o pacote e não podia
  acreditar.
- {e.Seu} {e} pôs {z.the} no melhor lugar da casa. E naquela noite, em quatro casas, alguém dormiu melhor.
swap.wry:
- {e.Seu} {e} abriu o pacote e sorriu. // — Que bonit{z.o} — disse. — Eu também tenho uma coisa para você. // Era
  {o.full}: tinha trocado com {k} por umas batatas.
- {e.Seu} {e} ficou olhando {z.the}. // — Obrigad{e.o} — disse —, mas e {o.the}? Era o que eu mais gostava na sua casa.
  // {h} levou outro dia inteiro para trocar tudo de novo.

title.stranger:
- A porta
- Alguém bate
- Uma noite de chuva
stranger.night:
- Uma noite chovia tanto que a rua parecia um rio.
- Era uma noite de vento, e todas as portas {p.of} estavam fechadas.
- Era a noite mais fria do ano, e na rua não passava ninguém.
stranger.knock:
- {k.A} batia de casa em casa, e em todas diziam que já era tarde. A última casa era a de {h}.
- Alguém bateu à porta de {h}. Era {k.a}, com a roupa molhada e um saco no ombro. Em outras casas não tinham aberto.
- {k.A} cansad{k.o} bateu em três portas. A primeira não se abriu, a segunda se abriu e se fechou, e a terceira era a de
  {h}.
stranger.open:
- — Entre — disse {h}. — A sopa está quente e a cadeira está vazia.
- — Não tenho com que pagar — disse {k.the}. // — Nem eu tenho troco — disse {h}. — Sente-se.
- {h} não perguntou de onde vinha. Perguntou se queria [pão|mais lenha no fogo|uma manta].
stranger.soup:
- A sopa deu para dois, porque {h} disse que não tinha muita fome. {k.The} se chamava {k} e sabia muitas histórias.
- A sopa era pouca, e ficou muita com água e palavras. {k}, que assim se chamava, dormiu na cadeira, com a colher na
  mão.
- {k.The} disse que se chamava {k} e que ia para o mar. Falaram até o fim da lenha, e depois mais um pouco.
stranger.morning:
- De manhã {k} não estava mais lá. Na porta tinha pintado um sol, e desde aquele dia na casa de {h} não voltou a fazer
  frio.
- Antes de ir embora, {k} consertou o telhado, por onde entrava água fazia anos.
- {k} partiu de madrugada e deixou na mesa {o.new}. Debaixo havia um bilhete: “Para quem abre”.
- Um ano depois chegou uma carta: {k} tinha aberto uma pousada junto ao mar, e nela sempre haveria uma cadeira vazia
  para {h}.
- {k} foi embora sem fazer barulho. Mas na primavera, na frente da casa de {h}, e de nenhuma outra, nasceram mil flores.
moral.warm:
- Uma canção chega mais longe que um grito.
- Uma palavra doce pesa pouco e empurra muito.
- A alegria é como uma vela: acende outras e não se acaba.

title.noise:
- Um barulho na noite
- Quem está aí?
- Toc, toc, toc
noise.heard:
- Uma noite, {h} ouviu um barulho [no telhado|atrás da parede|debaixo da cama]: toc, toc, toc.
- À meia-noite, {h} acordou. Alguma coisa arranhava [a porta|a janela|o telhado], bem devagar.
- Uma noite sem lua, {h} e {c} ouviram um gemido comprido que vinha [do poço|do celeiro|da cozinha].
noise.guess:
- — É um ladrão de noite — disse {c}. // — Ladrão não usa botas — disse {h}. // E o barulho usava.
- — Deve ser o vento — disse {h}. // — Não há vento — disse {c}. // — Por isso — disse {h}. — Ele se escondeu aqui.
- — Deve ser um ladrão — disse {c}. // — E o que vai levar? — respondeu {h}. — A sopa?
- — É um gigante — disse {c}. — Um pequeno. // {h} pensou que um gigante pequeno era a pior coisa que se podia encontrar
  de noite.
noise.go:
- {h} acendeu uma vela. A vela tremia, ou tremia a mão.
- Foram na ponta dos pés, {h} na frente e {c} atrás do casaco de {h}.
- {H} pegou [uma colher de pau|o guarda-chuva] e avançou. {c} ia atrás, caso o barulho viesse por trás.
noise.found:
- Era {k}, {k.the}, que tinha errado de casa e fazia uma hora procurava a cama.
- Era um gato muito pequeno dentro de um sapato muito grande.
- Era um galho que batia na janela. Abriram, e o galho entrou: tinha uma flor.
- Era o relógio velho da parede, que dormia fazia dez anos e naquela noite acordou.
- Era um rato que fazia o ninho com cartas velhas. Olhou {h}, muito sério, e continuou seu trabalho.
- Era água que caía num balde: toc, toc, toc. E pelo buraco do telhado se viam as estrelas.
- Era {k}, {k.the}, que deixava um bolo na porta para fazer uma surpresa. E fez.
noise.laugh:
- Riram tanto que acordaram os vizinhos, e então os vizinhos ouviram um barulho.
- — Eu não tinha medo — disse {c}. // — Eu sim — disse {h} —, mas pouco. // E nenhuma das duas coisas era verdade.
- Voltaram para a cama. Cinco minutos depois se ouviu outro barulho, mas era {c}, que já roncava.
- Naquela noite dormiram com a vela acesa, para a vela não ter medo.

title.box:
- A caixa
- A caixa de {k}
- Não abra
box.give:
- Um dia, {k}, {k.the}, teve que viajar e deixou com {h} uma caixa de madeira. // — Guarde para mim — disse —, e não
  abra.
- {k.The} {k} bateu à porta com uma caixa pequena. // — Volto em uma semana — disse. — Guarde bem e não abra.
box.tempt:
- Na primeira noite, {h} pôs a caixa no alto do armário. Na segunda noite sonhou com ela. Na terceira, a caixa fez um
  barulho.
- A caixa não pesava quase nada e cheirava a mar. {h} não queria olhar para ela, e olhava o tempo todo.
- {H} cobriu a caixa com uma manta. Então pensou na manta, e depois no que havia debaixo da manta.
box.say:
- — Só um pouco — disse {c}. — Abrir um pouco não é abrir. // — E comer um pouco de bolo também não é comer — disse {h}.
  — Eu conheço você.
- — E se lá dentro há alguma coisa com fome? — perguntou {c}. // — Então já teria chamado — disse {h}.
- — Ninguém ia saber — disse {c}. // — Eu ia — disse {h} —, e eu me vejo todos os dias.
box.kept:
- {H} saiu para andar, contou até mil e limpou a horta inteira. Quando acabou a semana, a caixa continuava fechada e as
  alfaces, muito bem.
- {H} amarrou a caixa com uma corda e deu a corda a {c}. Depois {c} amarrou a corda em {h}. Assim passaram os dias.
- Cada vez que queria abrir a caixa, {h} fazia outra coisa. Naquela semana limpou a casa três vezes.
box.opened:
- Uma tarde, {h} abriu a caixa, só um dedo. Saiu um pássaro azul, deu uma volta pela casa e foi embora pela janela.
- Três dias depois, {h} levantou a tampa. Dentro só havia cheiro de mar, e o cheiro foi embora pela janela.
- {H} abriu a caixa de noite, de olhos fechados. Ouviu-se uma música muito doce, uma vez só, e acabou.
box.home:
- No domingo voltou {k}, com [poeira nos sapatos|um chapéu novo].
- Uma semana depois, {k} bateu à porta. // — E a minha caixa? — perguntou.
box.reward:
- {k} abriu a caixa ali mesmo. Dentro havia dois doces: um para {h} e outro para {c}.
- {k} abriu a caixa: estava vazia. // — Era para a coisa mais bonita que eu encontrasse no caminho — disse. — Deixei
  nesta casa. // E escreveu na tampa o nome de {h}.
- — Dentro está o meu medo da noite — explicou {k}. — Queria saber se eu podia dormir sem ele. // E a fechou de novo,
  com muito cuidado.
box.confess:
- {H} podia ficar em silêncio, mas não ficou. // — Eu abri — disse, olhando para o chão. // — Já sei — disse {k}. — Era
  para isso a caixa: dentro ia a sua palavra. Agora é preciso fazer outra.
- {H} contou tudo. {k} pensou um pouco. // — A caixa pode se encher outra vez — disse no fim. — Com ajuda. // E isso
  levou o verão inteiro.
- — Perdão — disse {h}. // {k} suspirou e depois sorriu um pouco. // — Eu também abri — disse —, quando me deram a
  caixa.

title.seed:
- A semente
- A árvore de {h}
- Esperar
seed.get:
- {day.Up}, {h} encontrou uma semente e a plantou na frente da janela.
- {e.Seu} {e} deu a {h} uma semente. // — É de quê? — perguntou {h}. // — De esperar — disse {e.seu} {e}. // {h} a
  plantou nessa mesma tarde.
- Um pássaro deixou cair uma semente no chapéu de {h}. {h} achou que era um recado e a plantou.
seed.hurry:
- No dia seguinte não havia nada. {h} a regou dez vezes, e a terra virou uma poça.
- {H} a tirou da terra para ver se crescia, achou que dormia e a guardou de novo.
- {H} contou histórias para ela. {c} dormiu; a semente, também.
- {H} pôs uma vela ao lado, para a semente não ter frio, e queimou o chapéu.
- {H} gritou que já era hora. Saiu uma minhoca e perguntou que horas eram.
- {H} cobriu a semente de noite com uma manta e de dia com um guarda-chuva. Não adiantou nada.
seed.tip:
- — Deixe a semente em paz — disse {c}. — Eu também não cresço com gente olhando.
- — Sua semente tem o relógio dela — disse {k}, {k.a} que passava. — E não dá a mesma hora que o seu.
- {e.Seu} {e} riu. // — Você também não cresceu num dia — disse.
seed.wait:
- {H} aprendeu a regar um pouco cada tarde e a não olhar. Passou o inverno, e passaram as chuvas.
- E {h} esperou. Enquanto esperava consertou a cerca, aprendeu uma canção e quase se esqueceu da semente.
- Passaram as semanas. {h} falava com {c} de outras coisas e só olhava a terra de vez em quando.
seed.grow:
- Uma manhã havia uma folha, tão pequena que {h} a cumprimentou com o chapéu. Uns anos depois era uma árvore, com sombra
  para a rua inteira.
- Um dia apareceu uma ponta verde. Foi um girassol, o mais alto {p.of}, e de tarde girava para olhar {h}.
- Saiu uma melancia tão grande que {c} ficou morando dentro um mês inteiro.
- Nasceu uma mangueira. A primeira manga foi para {c}; a segunda, para {e.seu} {e}; e a terceira, {h} plantou de novo.
moral.calm:
- A pressa chega antes, mas não encontra ninguém em casa.
- A água que não corre também chega, só que descansada.
- Devagar se vai longe, e ainda se veem as flores.

title.alarm:
- O sino
- A brincadeira
- A terceira vez
alarm.bored:
- {day.Up}, {h} não tinha o que fazer. Já conhecia todas as telhas e todas as nuvens.
- {p.Inside} nunca acontecia nada, e {h} achava isso muito ruim.
- O que {h} mais gostava de fazer era rir dos vizinhos.
alarm.cry:
- {h} tocou o sino da praça e gritou que havia fogo [no moinho|na feira|no celeiro]. Todos saíram correndo, com botas e
  com baldes. {h} riu até doer a barriga.
- {h} correu pela rua gritando que [havia fogo|o rio vinha vindo]. Os vizinhos deixaram a cama e saíram correndo. Não
  havia nada, e {h} riu meia hora.
alarm.again:
- Uma semana depois fez a mesma coisa. Saíram menos, e ninguém riu.
- Poucos dias depois voltou a tocar o sino. {c} chegou correndo, olhou o céu e foi embora sem dizer nada. Isso foi o
  pior.
alarm.real:
- Na terceira vez foi verdade: havia fumaça no celeiro. {h} tocou o sino até doerem os braços, mas nas janelas ninguém
  acendeu uma luz.
- E então, uma noite, o celeiro pegou fogo de verdade. {h} gritou e gritou. Os vizinhos se viraram na cama.
alarm.save:
- Só veio {c}, com um balde em cada mão. // — Por via das dúvidas — disse. // {b.Os_dois} apagaram o fogo, e amanheceu.
- Logo apareceu {c} com uma manta molhada. // — Sua voz era diferente — disse. // Levaram água a noite toda, e de manhã
  o celeiro ainda estava lá.
alarm.learn:
- Desde então, {h} só toca o sino aos domingos, e toca muito bem.
- {H} pediu perdão de casa em casa. Levou uma manhã para pedir e um ano para que acreditassem.
- No dia seguinte, {h} deu o sino a {c}. // — É seu — disse. — Em você eles acreditam.
- Uma mentira corre muito, mas depois é preciso voltar andando.

title.broke:
- {o.Full}
- A rachadura
- O que {h} disse
broke.lend:
- {c} tinha {o.new} e não emprestava a ninguém. A {h}, sim.
- {day.Up}, {c} emprestou a {h} {o.new}, a coisa que mais amava. // — Com cuidado — disse. // — Com cuidado — disse {h}.
- {H} pediu a {c} {o.full} por uma tarde, e {c} emprestou sem pensar.
broke.break:
- Nessa mesma tarde, {h} caiu pela escada, e {o.the} também. Com {h} não aconteceu nada.
- {H} {o.o} pôs na janela para tomar sol. O vento abriu a janela, e {o.the} se quebrou contra as pedras.
- {H} {o.o} usou uma vez, duas vezes, e na terceira {o.the} fez crac.
broke.hide:
- {H} guardou os pedaços [debaixo da cama|num saco de farinha].
- {H} escondeu os pedaços bem depressa, como se assim não tivesse acontecido nada.
- {H} pensou em dizer que tinha sido [o vento|um ladrão], e até a cadeira olhou para {h} muito séria.
broke.night:
- Naquela noite, {h} não dormiu. Cada vez que rangia uma tábua, parecia dizer: “Crac”.
- No jantar, {h} não tocou na sopa. Parecia que até a sopa sabia.
- No dia seguinte, {h} viu {c} e foi por outra rua. Nunca uma rua tinha sido tão comprida.
broke.tell:
- Enfim, {h} foi à casa de {c} com os pedaços num lenço. // — Eu quebrei — disse —, e depois tive medo, o que é pior.
- — Tenho que dizer uma coisa — disse {h}, e sua voz tremeu. — {o.The} quebrou. Não: quem quebrou fui eu.
- De madrugada, {h} bateu à porta de {c}. // — Não é pela hora — disse. — É {o.by}.
broke.answer:
- {c} olhou os pedaços muito tempo. // — Dói — disse —, mas doía mais não ver você.
- — Bem que eu achei — disse {c} — que desde ontem você olhava muito para o chão. // E lhe deu uma cadeira.
- {c} não disse nada. Foi à cozinha e voltou com cola, paciência e pão com queijo.
broke.mend:
- Colaram {o.the} pedaço a pedaço. Ficou uma linha fina, e {c} disse que agora gostava ainda mais {o.dele}.
- {H} trabalhou um mês inteiro para comprar outr{o.o}. {c} aceitou, mas guardou também {o.the} quebrad{o.o}.
- Consertaram {o.the} junt{b.os}. Desde aquele dia tem uma rachadura, e quando alguém pergunta, {b.os_dois} se olham e
  riem.
moral.truth:
- A verdade pesa menos quando se leva a dois.
- O que se quebra se conserta; o que se esconde cresce.
- {h} aprendeu que o medo de dizer é sempre maior que dizer.

title.moon:
- A lua de {h}
- A lua no balde
- Uma escada até a lua
moon.wish:
- {H} queria tocar a lua. Não toda: só um pouco, pela borda.
- Todas as noites, {h} dizia adeus à lua da janela. Um dia pensou que era melhor ir até lá.
- {H} queria dar a lua a {c}, que tinha medo do escuro.
moon.try:
- {H} subiu no telhado com uma escada, em cima da escada pôs uma cadeira, e em cima da cadeira subiu {h}. Faltava pouco.
  Faltava tudo.
- {H} jogou para a lua uma corda com um nó. A corda voltou sozinha, sem a lua e com bastante força.
- {H} seguiu a lua pelo caminho até a madrugada. A lua andava quando {h} andava e parava quando {h} parava.
- {H} subiu na árvore mais alta {p.of}. Dali a lua parecia igualmente longe, mas mais simpática.
- {H} pôs para a lua um prato de queijo na janela. De manhã não havia queijo, embora {c} tivesse migalhas na cara.
moon.see:
- Uma noite, {h} voltava do poço e olhou o balde. Ali estava a lua, redonda e tranquila. {h} a levou para casa sem
  perder uma gota.
- Cansad{h.o}, {h} se sentou junto ao lago. Na água, a um palmo da sua mão, estava a lua. {h} pôs um dedo, só pela
  borda, e a lua riu em mil pedaços.
- {c} chegou com uma jarra de água e a pôs no chão. // — Olhe aqui dentro — disse. // E dentro estava a lua.

title.leave:
- A viagem de {c}
- Até a primavera
- Uma luz na janela
leave.news:
- {day.Up}, {c} disse que ia embora. {e.Seu} {e} morava [longe, junto ao mar|do outro lado do mar], e {c} tinha que
  passar lá um ano inteiro.
- {c} ia trabalhar num navio. {day.Up}, encheu a bolsa, que era pequena, e demorou muito.
leave.gift:
- {H} lhe deu {o.new}. // — Agora você tem que voltar — disse. — {o.The} é desta casa.
- {h} queria dizer muitas coisas e só disse: // — Leve um casaco. // E pôs na bolsa {o.new}.
- Ao sair, {c} deixou {o.new}. // — É para você — disse —, até eu voltar.
leave.wait:
- {h} acendia uma luz na janela todas as noites. Passou o outono, passou o frio.
- Às sextas-feiras, {h} punha dois pratos e depois lavava os dois.
- {H} escreveu muitas cartas, e todas diziam a mesma coisa: “Venha”.
leave.sign:
- Na primavera chegou uma carta. Dizia só: “Mais um prato”.
- Uma tarde, o cachorro do moinho começou a latir para o caminho.
- Um dia nasceram flores na cerca, e {h} limpou a casa duas vezes.
leave.back:
- Pela curva vinha {c}, com a bolsa no ombro e a mesma risada. // — Senti o cheiro da sopa lá da ponte — disse.
- Bateram à porta, três vezes e depois outra. Só {c} batia assim. {h} demorou um pouco para abrir, para guardar aquele
  momento.
- {c} desceu da carroça, e {b.os_dois} ficaram se olhando. // — Você cresceu — disse {h}. // — Você não — disse {c}. —
  Ainda bem.

end.glad:
- Naquela noite houve [sopa quente|pão doce|bolo de mel] para todos, e {h} dançou até o fim das velas.
- Desde então, quando alguém tinha um problema {p.inside}, batia à porta de {h}.
- {h} e {c} voltaram para casa de braços dados, rindo por qualquer coisa.
- {p.Inside} ainda se conta essa história, e cada vez que se conta, alguém corta um pedaço de queijo para {h}.
- Fizeram um lanche que começou na sexta-feira e acabou no domingo.
- E desde aquele dia, {h} e {c} foram mais amig{b.os} do que nunca.
end.wry:
- {c} contou a história tantas vezes que, no fim, {h} era um gigante e a noite durava um mês.
- {H} disse que nunca mais. Aquele “nunca mais” durou [três dias|até segunda-feira].
- De tudo aquilo, o que {c} mais lembrava era o lanche.
- {h} quis contar tudo no jantar, mas dormiu com a colher na boca.
- — Amanhã — disse {c} — ficamos em casa. // — Você disse isso ontem — respondeu {h}.
- {c} disse que sempre soube. {h} não perguntou desde quando.
end.quiet:
- Naquela noite, {h} deixou a janela aberta e escutou [o vento|a chuva] até dormir.
- {h} e {c} se sentaram [no degrau|debaixo da árvore grande] e não disseram nada. Não precisava.
- As luzes {p.of} se apagaram uma a uma. A última foi a de {h}.
- Depois anoiteceu, devagar, e na janela de {h} houve duas sombras até muito tarde.
- E {p.the}, que tinha visto tantas coisas, dormiu também.
- {h} olhou as estrelas e pensou que, no fim das contas, não estavam tão longe.

moral.bold:
- O medo fica pequeno quando a gente começa a andar.
- Quem cai cinco vezes conhece bem o chão.
- O caminho mais difícil se acaba andando.
moral.mind:
- Às vezes a porta está aberta e é só olhar.
- Pensar um pouco poupa muita força.
- Mais faz um olho atento que dez braços com pressa.
moral.help:
- Um favor é uma semente: a gente esquece, e um dia ela dá sombra.
- Quem ajuda no caminho nunca anda sozinho.
- {h} aprendeu naquele dia: o que se dá na ida se encontra na volta.
moral.work:
- Nada sai bem da primeira vez, só os erros.
- As mãos aprendem devagar e não esquecem.
- Cada tentativa ruim é a mãe de outra um pouco menos ruim.
learn.laugh:
- {c} não riu. Bem, riu um pouco, mas depois trouxe [água|uma manta|pão] e ficou para ajudar.
- Um velho que olhava de um banco balançou a cabeça e não disse nada.
- Quem passava parava para olhar. Um até trouxe uma cadeira.
moral.host:
- Uma porta aberta esquenta mais que um fogo.
- Quem reparte o pão nunca janta sozinho.
- Onde há uma cadeira vazia, sempre chega alguém.
"""

LANGUAGE = Language(
    names=by_gender(
        "Bruno Tito Simão Mateus Lucas Nico Hugo Caio Dário Gil Tomás Paulo Ramiro Félix Martim Rui Otto Beto "
        "Samuel Julião Téo Marcos Gaspar Davi Raul Zeca",
        "Lia Nora Vera Mila Clara Olga Greta Lola Carmem Jacinta Petra Dália Berta Júlia Marta Tina Zoé Aurora "
        "Rita Elvira Sara Ema Luísa Ana Bia Cecília",
    ),
    walkers=_nouns(
        "gato urso coelho ouriço burro cachorro lobo rato tamanduá texugo",
        "raposa gata ursa coelha ovelha lebre loba galinha preguiça cutia",
    ),
    strangers=_nouns(
        "castor corvo cervo sabiá pato tucano jabuti menino viajante pastor",
        "cabra tartaruga lontra coruja garça cegonha pomba arara menina pastora",
    ),
    kin=_nouns("avô tio pai irmão", "avó tia mãe irmã"),
    places=(
        _noun("vila", "f", "junto ao mar"),
        _noun("vila", "f", "de telhados vermelhos"),
        _noun("cidade", "f", "com uma praça redonda"),
        _noun("aldeia", "f", "entre montanhas"),
        _noun("aldeia", "f", "à beira do bosque"),
        _noun("vale", "m", "de macieiras"),
        _noun("porto", "m", "de barcos azuis"),
        _noun("bairro", "m", "de casas baixas"),
        _noun("ilha", "f", "com um só farol"),
        _noun("bosque", "m", "de ipês"),
        _noun("colina", "f", "cheia de moinhos"),
    ),
    things=tuple(
        _thing(text, gender)
        for gender, row in by_gender(
            "tambor espelho relógio apito bule lampião violino leque pente violão",
            "lanterna colher flauta xícara bússola gaita jarra panela lâmpada sanfona",
        ).items()
        for text in row
    ),
    days={
        "spring": tuple(map(Word, ("numa manhã de setembro", "num dia de primavera", "numa tarde de outubro"))),
        "summer": tuple(map(Word, ("numa manhã de verão", "num dia de janeiro", "numa tarde de fevereiro"))),
        "autumn": tuple(map(Word, ("numa manhã de abril", "num dia de outono", "numa tarde de maio"))),
        "winter": tuple(map(Word, ("numa manhã de inverno", "num dia de julho", "numa tarde de agosto"))),
    },
    traits={
        trait: {"m": Word(masculine), "f": Word(feminine)}
        for trait, masculine, feminine in (
            ("brave", "valente", "valente"),
            ("stubborn", "teimoso", "teimosa"),
            ("clever", "esperto", "esperta"),
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
            ("baker", "padeiro", "padeira"),
            ("gardener", "jardineiro", "jardineira"),
            ("weaver", "tecelão", "tecelã"),
            ("carpenter", "carpinteiro", "carpinteira"),
            ("fisher", "pescador", "pescadora"),
            ("miller", "moleiro", "moleira"),
            ("clockmaker", "relojoeiro", "relojoeira"),
            ("cook", "cozinheiro", "cozinheira"),
        )
    },
    products={
        trade: Word(load)
        for trade, load in (
            ("baker", "uma cesta de pão"),
            ("gardener", "uma carroça de flores"),
            ("weaver", "seis mantas"),
            ("carpenter", "quatro cadeiras"),
            ("fisher", "uma cesta de peixes"),
            ("miller", "três sacos de farinha"),
            ("clockmaker", "cinco relógios"),
            ("cook", "uma panela de goiabada"),
        )
    },
    pairs={
        "m": Word("eles", os="os", dois="dois", os_dois="os dois", dos_dois="dos dois"),
        "f": Word("elas", os="as", dois="duas", os_dois="as duas", dos_dois="das duas"),
    },
    beats=read_beats(_BEATS),
)
