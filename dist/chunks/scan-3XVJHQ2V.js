import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{h as a,i as b}from"./chunk-NJPVDQJR.js";import"./chunk-PWBIBG5J.js";import"./chunk-4SULWCMO.js";import"./chunk-YTHWUGJW.js";import"./chunk-WTPEZWKF.js";import"./chunk-HFHZAMUV.js";export{a as scan,b as scanOn};
