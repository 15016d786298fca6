import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{b as a,c as b,d as c}from"./chunk-NTGJ6JEW.js";import"./chunk-F3ESPLK4.js";import"./chunk-QZ5C4AQ7.js";import"./chunk-T7QCBUH6.js";import"./chunk-XAG4QXNY.js";import"./chunk-4SULWCMO.js";import"./chunk-HFHZAMUV.js";export{a as CONNECTIONS_AT_A_TIME,b as Line,c as answerOf};
