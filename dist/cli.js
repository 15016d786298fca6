#!/usr/bin/env node
import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import{a as t}from"./chunks/chunk-YF7Q3KKW.js";import"./chunks/chunk-HFHZAMUV.js";var s=`mssql-tls-preflight: will this client complete its TLS handshake with that SQL Server?

  mssql-tls-preflight check [folder]     judge every client of a folder against its SQL Servers
      --format terminal|json|github|markdown      default: terminal
      --policy FILE       policy file; default .github/mssql-tls-preflight.yml or mssql-tls-preflight.yml
      --fail-on LEVEL     error|warning|notice|never: lowest level that makes the exit code 1
      --offline           dial no network target; lab targets on loopback are still played
      --verbose           one line on stderr for each connection
  mssql-tls-preflight probe ENDPOINT\u2026    ask servers everything: versions, every suite and its order, groups, certificate
      ENDPOINT            host,port, host\\INSTANCE,port, or lab:PROFILE
      --simulate all      send the hello of every driver of the catalog: which of them connect?
      --format terminal|json      default: terminal
      --verbose           one line on stderr for each connection
  mssql-tls-preflight lab PROFILE        play a SQL Server on loopback until interrupted
      --port N            default: any free port
      --list              the profiles there are

  Exit codes: 0 clean, 1 findings, 2 wrong usage or policy file, 3 what was asked could not be done.
`,r={out:e=>process.stdout.write(e),error:e=>process.stderr.write(e),columns:process.stdout.columns??120,color:process.stdout.isTTY===!0&&!process.env.NO_COLOR};process.stdout.on("error",e=>{throw e.code==="EPIPE"&&process.exit(),e});try{process.exitCode=await n(process.argv.slice(2))}catch(e){r.error(`mssql-tls-preflight stopped on a fault of its own: ${e instanceof Error?e.message:String(e)}
`),process.exitCode=t.UNABLE}async function n([e,...o]){switch(e){case"check":return(await import("./chunks/check-command-QQTOYMDY.js")).checkCommand(o,r);case"probe":return(await import("./chunks/probe-command-AXYM5ACW.js")).probeCommand(o,r);case"lab":return(await import("./chunks/lab-command-TJIBKUZK.js")).labCommand(o,r);case"help":case"--help":case"-h":return r.out(s),t.CLEAN;default:return r.error(`${e===void 0?"":`There is no command "${e}".

`}${s}`),t.USAGE}}
