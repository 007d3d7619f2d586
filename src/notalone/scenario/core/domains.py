"""Endings by which a bare word with dots is known as a domain, and such words that are none."""

from __future__ import annotations

_COUNTRIES = (
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd "
    "cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge "
    "gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh "
    "ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw "
    "mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb "
    "sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk "
    "us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw"
)
_GENERIC = (
    "aero app art asia bank bar beauty best bet bid bio biz blog bot buzz cam camp cards care cash casino cat center "
    "cfd chat cheap city click cloud club co coach codes coffee com community company computer cool coop credit cyou "
    "date dating deals design dev digital direct directory dog earth edu education email energy events exchange expert "
    "express family fan fans farm fashion film finance fit fun fund fyi gallery game games gifts global gold gov group "
    "guide guru health help host house how icu inc info ink institute int international jobs land law lat legal life "
    "link live loan lol love ltd market marketing media men mil mobi moda mobile moe money monster movie museum name "
    "net network news ngo ninja nyc one ong online org page party pay pet photo photos pics pictures pink plus porn "
    "press pro promo pub quest racing radio realty red rest review reviews rip rocks run sale sbs school science "
    "security services sex sexy shop shopping show site skin social software solutions space store stream studio style "
    "support surf systems tax team tech tel tickets tips today tokyo tools top tours town toys trade training travel "
    "tube university uno vacations ventures video vip vision vote voyage wang watch website wiki win wine work works "
    "world wtf xxx xyz yoga zone"
)
_FILES = (
    "aab apk avi bat bmp csv dmg doc docx exe gif heic htm html ics ipa iso jpeg jpg js json mkv mov mp3 mp4 msi ogg "
    "pdf png po ppt pptx psd py rar svg tar txt wav webm webp xls xlsx xml yaml yml zip"
)
_SHORT = "b.sc m.sc ph.d dr.med tp.hcm tp.hn ths.bs gs.ts pgs.ts bs.ck a.k.a e.g i.e"
TOP_LEVEL = frozenset(f"{_COUNTRIES} {_GENERIC}".split())
FILE_ENDINGS = frozenset(_FILES.split())
ABBREVIATIONS = frozenset(_SHORT.split())
