# Odd line breaks, long distances, many names: line tables and EXTENDED_ARG.


def spread(a,
           b=(1,
              2),
           *,
           c):
    return (a
            +
            b
            .x(
                c,

                a
            )
            if
            a
            else


            b)


def blank():




























































































































    return 1


def many(x):
    if x:
        name_0 = x.attribute_0(1000, "text 0")
        name_1 = x.attribute_1(1001, "text 1")
        name_2 = x.attribute_2(1002, "text 2")
        name_3 = x.attribute_3(1003, "text 3")
        name_4 = x.attribute_4(1004, "text 4")
        name_5 = x.attribute_5(1005, "text 5")
        name_6 = x.attribute_6(1006, "text 6")
        name_7 = x.attribute_7(1007, "text 7")
        name_8 = x.attribute_8(1008, "text 8")
        name_9 = x.attribute_9(1009, "text 9")
        name_10 = x.attribute_10(1010, "text 10")
        name_11 = x.attribute_11(1011, "text 11")
        name_12 = x.attribute_12(1012, "text 12")
        name_13 = x.attribute_13(1013, "text 13")
        name_14 = x.attribute_14(1014, "text 14")
        name_15 = x.attribute_15(1015, "text 15")
        name_16 = x.attribute_16(1016, "text 16")
        name_17 = x.attribute_17(1017, "text 17")
        name_18 = x.attribute_18(1018, "text 18")
        name_19 = x.attribute_19(1019, "text 19")
        name_20 = x.attribute_20(1020, "text 20")
        name_21 = x.attribute_21(1021, "text 21")
        name_22 = x.attribute_22(1022, "text 22")
        name_23 = x.attribute_23(1023, "text 23")
        name_24 = x.attribute_24(1024, "text 24")
        name_25 = x.attribute_25(1025, "text 25")
        name_26 = x.attribute_26(1026, "text 26")
        name_27 = x.attribute_27(1027, "text 27")
        name_28 = x.attribute_28(1028, "text 28")
        name_29 = x.attribute_29(1029, "text 29")
        name_30 = x.attribute_30(1030, "text 30")
        name_31 = x.attribute_31(1031, "text 31")
        name_32 = x.attribute_32(1032, "text 32")
        name_33 = x.attribute_33(1033, "text 33")
        name_34 = x.attribute_34(1034, "text 34")
        name_35 = x.attribute_35(1035, "text 35")
        name_36 = x.attribute_36(1036, "text 36")
        name_37 = x.attribute_37(1037, "text 37")
        name_38 = x.attribute_38(1038, "text 38")
        name_39 = x.attribute_39(1039, "text 39")
        name_40 = x.attribute_40(1040, "text 40")
        name_41 = x.attribute_41(1041, "text 41")
        name_42 = x.attribute_42(1042, "text 42")
        name_43 = x.attribute_43(1043, "text 43")
        name_44 = x.attribute_44(1044, "text 44")
        name_45 = x.attribute_45(1045, "text 45")
        name_46 = x.attribute_46(1046, "text 46")
        name_47 = x.attribute_47(1047, "text 47")
        name_48 = x.attribute_48(1048, "text 48")
        name_49 = x.attribute_49(1049, "text 49")
        name_50 = x.attribute_50(1050, "text 50")
        name_51 = x.attribute_51(1051, "text 51")
        name_52 = x.attribute_52(1052, "text 52")
        name_53 = x.attribute_53(1053, "text 53")
        name_54 = x.attribute_54(1054, "text 54")
        name_55 = x.attribute_55(1055, "text 55")
        name_56 = x.attribute_56(1056, "text 56")
        name_57 = x.attribute_57(1057, "text 57")
        name_58 = x.attribute_58(1058, "text 58")
        name_59 = x.attribute_59(1059, "text 59")
        name_60 = x.attribute_60(1060, "text 60")
        name_61 = x.attribute_61(1061, "text 61")
        name_62 = x.attribute_62(1062, "text 62")
        name_63 = x.attribute_63(1063, "text 63")
        name_64 = x.attribute_64(1064, "text 64")
        name_65 = x.attribute_65(1065, "text 65")
        name_66 = x.attribute_66(1066, "text 66")
        name_67 = x.attribute_67(1067, "text 67")
        name_68 = x.attribute_68(1068, "text 68")
        name_69 = x.attribute_69(1069, "text 69")
        name_70 = x.attribute_70(1070, "text 70")
        name_71 = x.attribute_71(1071, "text 71")
        name_72 = x.attribute_72(1072, "text 72")
        name_73 = x.attribute_73(1073, "text 73")
        name_74 = x.attribute_74(1074, "text 74")
        name_75 = x.attribute_75(1075, "text 75")
        name_76 = x.attribute_76(1076, "text 76")
        name_77 = x.attribute_77(1077, "text 77")
        name_78 = x.attribute_78(1078, "text 78")
        name_79 = x.attribute_79(1079, "text 79")
        name_80 = x.attribute_80(1080, "text 80")
        name_81 = x.attribute_81(1081, "text 81")
        name_82 = x.attribute_82(1082, "text 82")
        name_83 = x.attribute_83(1083, "text 83")
        name_84 = x.attribute_84(1084, "text 84")
        name_85 = x.attribute_85(1085, "text 85")
        name_86 = x.attribute_86(1086, "text 86")
        name_87 = x.attribute_87(1087, "text 87")
        name_88 = x.attribute_88(1088, "text 88")
        name_89 = x.attribute_89(1089, "text 89")
        name_90 = x.attribute_90(1090, "text 90")
        name_91 = x.attribute_91(1091, "text 91")
        name_92 = x.attribute_92(1092, "text 92")
        name_93 = x.attribute_93(1093, "text 93")
        name_94 = x.attribute_94(1094, "text 94")
        name_95 = x.attribute_95(1095, "text 95")
        name_96 = x.attribute_96(1096, "text 96")
        name_97 = x.attribute_97(1097, "text 97")
        name_98 = x.attribute_98(1098, "text 98")
        name_99 = x.attribute_99(1099, "text 99")
        name_100 = x.attribute_100(1100, "text 100")
        name_101 = x.attribute_101(1101, "text 101")
        name_102 = x.attribute_102(1102, "text 102")
        name_103 = x.attribute_103(1103, "text 103")
        name_104 = x.attribute_104(1104, "text 104")
        name_105 = x.attribute_105(1105, "text 105")
        name_106 = x.attribute_106(1106, "text 106")
        name_107 = x.attribute_107(1107, "text 107")
        name_108 = x.attribute_108(1108, "text 108")
        name_109 = x.attribute_109(1109, "text 109")
        name_110 = x.attribute_110(1110, "text 110")
        name_111 = x.attribute_111(1111, "text 111")
        name_112 = x.attribute_112(1112, "text 112")
        name_113 = x.attribute_113(1113, "text 113")
        name_114 = x.attribute_114(1114, "text 114")
        name_115 = x.attribute_115(1115, "text 115")
        name_116 = x.attribute_116(1116, "text 116")
        name_117 = x.attribute_117(1117, "text 117")
        name_118 = x.attribute_118(1118, "text 118")
        name_119 = x.attribute_119(1119, "text 119")
        name_120 = x.attribute_120(1120, "text 120")
        name_121 = x.attribute_121(1121, "text 121")
        name_122 = x.attribute_122(1122, "text 122")
        name_123 = x.attribute_123(1123, "text 123")
        name_124 = x.attribute_124(1124, "text 124")
        name_125 = x.attribute_125(1125, "text 125")
        name_126 = x.attribute_126(1126, "text 126")
        name_127 = x.attribute_127(1127, "text 127")
        name_128 = x.attribute_128(1128, "text 128")
        name_129 = x.attribute_129(1129, "text 129")
        name_130 = x.attribute_130(1130, "text 130")
        name_131 = x.attribute_131(1131, "text 131")
        name_132 = x.attribute_132(1132, "text 132")
        name_133 = x.attribute_133(1133, "text 133")
        name_134 = x.attribute_134(1134, "text 134")
        name_135 = x.attribute_135(1135, "text 135")
        name_136 = x.attribute_136(1136, "text 136")
        name_137 = x.attribute_137(1137, "text 137")
        name_138 = x.attribute_138(1138, "text 138")
        name_139 = x.attribute_139(1139, "text 139")
        name_140 = x.attribute_140(1140, "text 140")
        name_141 = x.attribute_141(1141, "text 141")
        name_142 = x.attribute_142(1142, "text 142")
        name_143 = x.attribute_143(1143, "text 143")
        name_144 = x.attribute_144(1144, "text 144")
        name_145 = x.attribute_145(1145, "text 145")
        name_146 = x.attribute_146(1146, "text 146")
        name_147 = x.attribute_147(1147, "text 147")
        name_148 = x.attribute_148(1148, "text 148")
        name_149 = x.attribute_149(1149, "text 149")
        name_150 = x.attribute_150(1150, "text 150")
        name_151 = x.attribute_151(1151, "text 151")
        name_152 = x.attribute_152(1152, "text 152")
        name_153 = x.attribute_153(1153, "text 153")
        name_154 = x.attribute_154(1154, "text 154")
        name_155 = x.attribute_155(1155, "text 155")
        name_156 = x.attribute_156(1156, "text 156")
        name_157 = x.attribute_157(1157, "text 157")
        name_158 = x.attribute_158(1158, "text 158")
        name_159 = x.attribute_159(1159, "text 159")
        name_160 = x.attribute_160(1160, "text 160")
        name_161 = x.attribute_161(1161, "text 161")
        name_162 = x.attribute_162(1162, "text 162")
        name_163 = x.attribute_163(1163, "text 163")
        name_164 = x.attribute_164(1164, "text 164")
        name_165 = x.attribute_165(1165, "text 165")
        name_166 = x.attribute_166(1166, "text 166")
        name_167 = x.attribute_167(1167, "text 167")
        name_168 = x.attribute_168(1168, "text 168")
        name_169 = x.attribute_169(1169, "text 169")
        name_170 = x.attribute_170(1170, "text 170")
        name_171 = x.attribute_171(1171, "text 171")
        name_172 = x.attribute_172(1172, "text 172")
        name_173 = x.attribute_173(1173, "text 173")
        name_174 = x.attribute_174(1174, "text 174")
        name_175 = x.attribute_175(1175, "text 175")
        name_176 = x.attribute_176(1176, "text 176")
        name_177 = x.attribute_177(1177, "text 177")
        name_178 = x.attribute_178(1178, "text 178")
        name_179 = x.attribute_179(1179, "text 179")
        name_180 = x.attribute_180(1180, "text 180")
        name_181 = x.attribute_181(1181, "text 181")
        name_182 = x.attribute_182(1182, "text 182")
        name_183 = x.attribute_183(1183, "text 183")
        name_184 = x.attribute_184(1184, "text 184")
        name_185 = x.attribute_185(1185, "text 185")
        name_186 = x.attribute_186(1186, "text 186")
        name_187 = x.attribute_187(1187, "text 187")
        name_188 = x.attribute_188(1188, "text 188")
        name_189 = x.attribute_189(1189, "text 189")
        name_190 = x.attribute_190(1190, "text 190")
        name_191 = x.attribute_191(1191, "text 191")
        name_192 = x.attribute_192(1192, "text 192")
        name_193 = x.attribute_193(1193, "text 193")
        name_194 = x.attribute_194(1194, "text 194")
        name_195 = x.attribute_195(1195, "text 195")
        name_196 = x.attribute_196(1196, "text 196")
        name_197 = x.attribute_197(1197, "text 197")
        name_198 = x.attribute_198(1198, "text 198")
        name_199 = x.attribute_199(1199, "text 199")
        name_200 = x.attribute_200(1200, "text 200")
        name_201 = x.attribute_201(1201, "text 201")
        name_202 = x.attribute_202(1202, "text 202")
        name_203 = x.attribute_203(1203, "text 203")
        name_204 = x.attribute_204(1204, "text 204")
        name_205 = x.attribute_205(1205, "text 205")
        name_206 = x.attribute_206(1206, "text 206")
        name_207 = x.attribute_207(1207, "text 207")
        name_208 = x.attribute_208(1208, "text 208")
        name_209 = x.attribute_209(1209, "text 209")
        name_210 = x.attribute_210(1210, "text 210")
        name_211 = x.attribute_211(1211, "text 211")
        name_212 = x.attribute_212(1212, "text 212")
        name_213 = x.attribute_213(1213, "text 213")
        name_214 = x.attribute_214(1214, "text 214")
        name_215 = x.attribute_215(1215, "text 215")
        name_216 = x.attribute_216(1216, "text 216")
        name_217 = x.attribute_217(1217, "text 217")
        name_218 = x.attribute_218(1218, "text 218")
        name_219 = x.attribute_219(1219, "text 219")
        name_220 = x.attribute_220(1220, "text 220")
        name_221 = x.attribute_221(1221, "text 221")
        name_222 = x.attribute_222(1222, "text 222")
        name_223 = x.attribute_223(1223, "text 223")
        name_224 = x.attribute_224(1224, "text 224")
        name_225 = x.attribute_225(1225, "text 225")
        name_226 = x.attribute_226(1226, "text 226")
        name_227 = x.attribute_227(1227, "text 227")
        name_228 = x.attribute_228(1228, "text 228")
        name_229 = x.attribute_229(1229, "text 229")
        name_230 = x.attribute_230(1230, "text 230")
        name_231 = x.attribute_231(1231, "text 231")
        name_232 = x.attribute_232(1232, "text 232")
        name_233 = x.attribute_233(1233, "text 233")
        name_234 = x.attribute_234(1234, "text 234")
        name_235 = x.attribute_235(1235, "text 235")
        name_236 = x.attribute_236(1236, "text 236")
        name_237 = x.attribute_237(1237, "text 237")
        name_238 = x.attribute_238(1238, "text 238")
        name_239 = x.attribute_239(1239, "text 239")
        name_240 = x.attribute_240(1240, "text 240")
        name_241 = x.attribute_241(1241, "text 241")
        name_242 = x.attribute_242(1242, "text 242")
        name_243 = x.attribute_243(1243, "text 243")
        name_244 = x.attribute_244(1244, "text 244")
        name_245 = x.attribute_245(1245, "text 245")
        name_246 = x.attribute_246(1246, "text 246")
        name_247 = x.attribute_247(1247, "text 247")
        name_248 = x.attribute_248(1248, "text 248")
        name_249 = x.attribute_249(1249, "text 249")
        name_250 = x.attribute_250(1250, "text 250")
        name_251 = x.attribute_251(1251, "text 251")
        name_252 = x.attribute_252(1252, "text 252")
        name_253 = x.attribute_253(1253, "text 253")
        name_254 = x.attribute_254(1254, "text 254")
        name_255 = x.attribute_255(1255, "text 255")
        name_256 = x.attribute_256(1256, "text 256")
        name_257 = x.attribute_257(1257, "text 257")
        name_258 = x.attribute_258(1258, "text 258")
        name_259 = x.attribute_259(1259, "text 259")
        name_260 = x.attribute_260(1260, "text 260")
        name_261 = x.attribute_261(1261, "text 261")
        name_262 = x.attribute_262(1262, "text 262")
        name_263 = x.attribute_263(1263, "text 263")
        name_264 = x.attribute_264(1264, "text 264")
        name_265 = x.attribute_265(1265, "text 265")
        name_266 = x.attribute_266(1266, "text 266")
        name_267 = x.attribute_267(1267, "text 267")
        name_268 = x.attribute_268(1268, "text 268")
        name_269 = x.attribute_269(1269, "text 269")
        name_270 = x.attribute_270(1270, "text 270")
        name_271 = x.attribute_271(1271, "text 271")
        name_272 = x.attribute_272(1272, "text 272")
        name_273 = x.attribute_273(1273, "text 273")
        name_274 = x.attribute_274(1274, "text 274")
        name_275 = x.attribute_275(1275, "text 275")
        name_276 = x.attribute_276(1276, "text 276")
        name_277 = x.attribute_277(1277, "text 277")
        name_278 = x.attribute_278(1278, "text 278")
        name_279 = x.attribute_279(1279, "text 279")
        name_280 = x.attribute_280(1280, "text 280")
        name_281 = x.attribute_281(1281, "text 281")
        name_282 = x.attribute_282(1282, "text 282")
        name_283 = x.attribute_283(1283, "text 283")
        name_284 = x.attribute_284(1284, "text 284")
        name_285 = x.attribute_285(1285, "text 285")
        name_286 = x.attribute_286(1286, "text 286")
        name_287 = x.attribute_287(1287, "text 287")
        name_288 = x.attribute_288(1288, "text 288")
        name_289 = x.attribute_289(1289, "text 289")
        name_290 = x.attribute_290(1290, "text 290")
        name_291 = x.attribute_291(1291, "text 291")
        name_292 = x.attribute_292(1292, "text 292")
        name_293 = x.attribute_293(1293, "text 293")
        name_294 = x.attribute_294(1294, "text 294")
        name_295 = x.attribute_295(1295, "text 295")
        name_296 = x.attribute_296(1296, "text 296")
        name_297 = x.attribute_297(1297, "text 297")
        name_298 = x.attribute_298(1298, "text 298")
        name_299 = x.attribute_299(1299, "text 299")
    else:
        while x:
            x = name_299
    return x


try: pass
finally: x = 1; y = 2
