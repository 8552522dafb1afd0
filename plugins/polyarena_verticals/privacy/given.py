"""Given names that are common where English, German, French, Spanish, Italian or Portuguese is."""

from __future__ import annotations

_NAMES = """
james john robert michael william david richard joseph thomas charles christopher daniel matthew
anthony mark donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy
jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin
samuel gregory frank alexander raymond patrick jack dennis jerry tyler aaron henry peter adam
nathan zachary harry oliver callum liam noah ethan lucas mary patricia jennifer linda elizabeth
barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley kimberly emily donna
michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy
angela shirley anna brenda pamela emma nicole helen samantha katherine christine rachel carolyn
janet catherine heather diane olivia julie joyce victoria ruth virginia lauren kelly christina
joan evelyn judith sophie charlotte jane alice megan grace chloe amelia hans klaus jürgen karl
günter wolfgang dieter manfred uwe werner horst heinz stefan andreas martin bernd matthias jan tim
lukas leon felix jonas max maximilian moritz tobias sebastian markus florian christian jens ralf
torsten rainer gerhard herbert walter kurt fritz otto erich ernst heinrich friedrich anke ursula
monika petra elke sabine renate helga karin brigitte ingrid erika andrea gisela claudia susanne
gabriele christa hannelore heike birgit angelika katrin martina inge lena mia hanna hannah lea
leonie johanna marie sophia julia katharina anja silke tanja nadine ute gudrun hildegard gertrud
elfriede irmgard jean pierre michel andré philippe rené louis alain jacques bernard marcel roger
claude georges françois gérard nicolas christophe laurent thierry stéphane frédéric olivier pascal
guillaume julien mathieu antoine hugo théo léo gabriel nathalie isabelle sylvie françoise monique
valérie sandrine véronique céline stéphanie jacqueline jeanne hélène anne camille léa manon chloé
inès louise juliette aurélie émilie élodie antonio josé manuel francisco juan javier carlos jesús
miguel ángel alejandro rafael pedro pablo sergio fernando jorge luis alberto álvaro diego adrián
raúl enrique ramón vicente andrés joaquín ignacio eduardo roberto maría carmen ana isabel dolores
pilar josefa teresa rosa cristina francisca antonia mercedes lucía elena concepción marta raquel
beatriz silvia rocío montserrat encarnación sofía paula alba inmaculada guadalupe ximena giuseppe
giovanni mario luigi francesco angelo vincenzo pietro salvatore carlo franco domenico bruno paolo
michele giorgio aldo luciano marco luca matteo alessandro lorenzo davide stefano riccardo simone
fabio claudio maria giovanna lucia carmela caterina francesca antonietta carla concetta rita
margherita franca paola giulia chiara sara valentina alessandra federica giorgia elisa ilaria joão
antónio paulo luís luiz marcos rui nuno tiago gonçalo gustavo felipe thiago mateus vinícius
rodrigo ricardo joana antónia adriana juliana márcia fernanda patrícia aline camila letícia inês
catarina mariana leonor matilde carolina fátima conceição lurdes tom ben sam joe bob bill jim mike
dave steve chris matt dan rob nick tony ted kate liz beth meg jenny becky sally peggy ali ahmed
ahmet mehmet mustafa mohammed muhammad omar hassan hussein yusuf ayşe fatma fatima aisha leyla
zeynep priya raj rahul amit anil sanjay deepa lakshmi sunita arjun wei li ming hiroshi yuki kenji
keiko minh anh nguyen olga ivan dmitri natasha svetlana igor tatiana piotr agnieszka katarzyna
krzysztof jana pavel zsófia istván
"""
GIVEN = frozenset(_NAMES.split())
